// A program that asks the service through a client of generated types. What it prints is compared with what is true.
import createClient from "openapi-fetch";
import type { components, paths } from "./steelyard.js";

type Schemas = components["schemas"];
type Answer = Schemas["Recommendation"] | Schemas["StackRecommendation"] | Schemas["Problem"];

const [baseUrl, key] = process.argv.slice(2);
if (baseUrl === undefined || key === undefined) throw new Error("the address and a key are wanted");

const steelyard = createClient<paths, "application/json">({
  baseUrl,
  headers: { Authorization: `Bearer ${key}` },
  // As the description says: lists with commas between, needs by their own names.
  querySerializer: { array: { style: "form", explode: false }, object: { style: "form", explode: true } },
});

function theAnswer<T>(told: { data?: T; error?: unknown }): T {
  if (told.data === undefined) throw new Error(`refused: ${JSON.stringify(told.error)}`);
  return told.data;
}

function isOfAStack(answer: Answer): answer is Schemas["StackRecommendation"] {
  return "parts" in answer;
}

function inShort(answer: Answer): string {
  if ("errors" in answer) return answer.errors.map((fault) => `${fault.pointer}: ${fault.code}`).join();
  if (isOfAStack(answer)) return answer.parts.map((part) => `${part.part}: ${inShort(part.recommendation)}`).join();
  return answer.recommended?.candidate ?? answer.outcome;
}

const needs: Schemas["Request"]["requirements"] = {
  targets: { value: ["android"], importance: "must" },
  model_kinds: ["recurrent"],
};
const asked: Schemas["Request"] = { as_of: "2026-11-25", requirements: needs, explain: ["questions", "changes"] };

const { rulesets } = theAnswer(await steelyard.GET("/v1/rulesets"));
const first = rulesets[0];
if (first === undefined) throw new Error("nothing is served");
const path = { id: first.id };
const described = theAnswer(await steelyard.GET("/v1/rulesets/{id}", { params: { path } }));
const known = theAnswer(await steelyard.GET("/v1/rulesets/{id}/rules", { params: { path } }));
const answered = theAnswer(await steelyard.POST("/v1/recommendations", { body: asked }));
if (isOfAStack(answered)) throw new Error("a ruleset was asked, and a stack answered");

const query = { needs: { model_kinds: "recurrent" }, must: ["stage"], candidates: ["pytorch", "tensorflow"] };
const inQuery = { ...query, as_of: "2026-11-25", needs: { ...query.needs, stage: "production" } };
const got = await steelyard.GET("/v1/recommendations", { params: { query: inQuery } });
const tag = got.response.headers.get("ETag") ?? "";
const header = { "If-None-Match": tag };
const again = await steelyard.GET("/v1/recommendations", { params: { query: inQuery, header } });

const stack = theAnswer(
  await steelyard.POST("/v1/recommendations", { body: { stack: "deep-learning", requirements: { targets: ["browser"] } } }),
);
const many = theAnswer(
  await steelyard.POST("/v1/recommendations/batch", { body: [asked, { requirements: { targte: ["ios"] } }] }),
);
const refused = await steelyard.POST("/v1/recommendations", { body: { requirements: { stage: "prodcution" } } });
const kept = theAnswer(await steelyard.GET("/v1/recommendations/{id}", { params: { path: { id: answered.id } } }));
const ready = theAnswer(await steelyard.GET("/readyz"));

const reasons: Schemas["Reason"][] = answered.ranking.flatMap((ranked) => ranked.reasons);
const grades = new Set<Schemas["Grade"] | null>(reasons.map((reason) => reason.rating));

console.log(
  JSON.stringify({
    ruleset: first.id,
    needs: described.needs.map((need) => need.id),
    rules: known.criteria.flatMap((criterion) => criterion.rules.map((rule) => rule.id)),
    answer: answered,
    grades: [...grades].filter((grade) => grade !== null).sort(),
    question: answered.questions?.[0]?.question,
    change: answered.changes?.[0]?.steps[0]?.need,
    query: inShort(theAnswer(got)),
    status: again.response.status,
    stack: inShort(stack),
    many: many.map(inShort),
    refused: { status: refused.response.status, problem: refused.error },
    kept: kept.recommended,
    ready: ready.status,
  }),
);
