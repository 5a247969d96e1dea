/** A room's console. */

import './hc-announcements.js';
import './hc-chat.js';
import './hc-entrance.js';
import './hc-feed.js';
import './hc-hands.js';
import './hc-log.js';
import './hc-pause.js';
import './hc-organisations.js';
import './hc-people.js';
import './hc-polls.js';
import './hc-questions.js';
import './hc-recorder.js';
import './hc-room.js';
import './hc-tabs.js';
