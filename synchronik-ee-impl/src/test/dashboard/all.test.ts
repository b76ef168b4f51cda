import "./buckets.test.ts";
import "./configure.test.ts";
import "./heat.test.ts";
import "./live.test.ts";
import "./merge.test.ts";
import "./offers.test.ts";
import "./route.test.ts";
import "./time.test.ts";
