/** The islands of the console. Every page works without them. */

import * as counted from "./counted";
import * as decide from "./decide";
import * as draft from "./draft";
import * as drop from "./drop";
import * as keys from "./keys";
import * as live from "./live";
import * as network from "./network";
import * as picture from "./picture";
import * as print from "./print";
import * as reveal from "./reveal";
import * as ticked from "./ticked";
import * as toast from "./toast";

document.documentElement.toggleAttribute("data-js", true);
for (const island of [reveal, keys, live, drop, counted, decide, draft, ticked, toast, network, picture, print]) island.start();
