/** A recording's page. */

import './hc-clips.js';
import './hc-finishing.js';
import './hc-recording.js';
