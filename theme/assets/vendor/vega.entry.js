// What of Vega the interactive charts need: Vega-Lite's compiler, Vega's core transforms, and the
// interpreter that works expressions out without eval. build.sh makes vega.js of it.
import { extend } from "vega-util";
import { transforms } from "vega-dataflow";
import * as core from "vega-transforms";
import * as view from "vega-view-transforms";
import * as encode from "vega-encode";

extend(transforms, core, view, encode);

export { compile } from "vega-lite";
export { parse } from "vega-parser";
export { View } from "vega-view";
export { expressionInterpreter } from "vega-interpreter";
