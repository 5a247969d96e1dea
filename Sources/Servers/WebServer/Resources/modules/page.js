/** What every page does beyond its HTML. */

import { explainTimes } from './local-times.js';

explainTimes();
