/** A recording's page. */

import './hc-finishing.js';
import './hc-recording.js';
