// Reads Slack's markup as Slack does; run by `npm test`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";

const built = await build({ entryPoints: ["src/blocks/mrkdwn.ts"], bundle: true, format: "esm", write: false });
const { parse } = await import(`data:text/javascript;base64,${Buffer.from(built.outputFiles[0].contents).toString("base64")}`);

/** A text as drawn, with marks that cannot be mistaken: «b:…» bold, «i:…» italic, «a:url:…» a link. */
function drawn(text, verbatim) {
  const part = (one) => {
    if (typeof one === "string") return one;
    if (one.kind === "code") return `«c:${one.text}»`;
    if (one.kind === "link") return `«a:${one.url}:${one.text}»`;
    if (one.kind === "mention") return `«@${one.of}:${one.id}:${one.text}»`;
    return `«${one.kind[0]}:${one.parts.map(part).join("")}»`;
  };
  return parse(text, verbatim)
    .map((piece) => (piece.kind === "pre" ? `«pre:${piece.text}»` : `${piece.kind === "quote" ? "«q»" : ""}${piece.parts.map(part).join("")}`))
    .join("\n");
}

const CASES = [
  ["*bold* _it_ ~no~ `code`", "«b:bold» «i:it» «s:no» «c:code»"],
  ["*_both_*", "«b:«i:both»»"],
  ["5 * 3 * 2", "5 * 3 * 2"],
  ["2*3*4 snake_case_word", "2*3*4 snake_case_word"],
  ["*bold*text", "*bold*text"],
  ["_a_b_", "«i:a_b»"],
  ["*two\nlines*", "*two\nlines*"],
  ["`a *b* c`", "«c:a *b* c»"],
  ["```x\n *y* ```after", "«pre:x\n *y* »\nafter"],
  ["*Say*\n>*“No.”*\nafter", "«b:Say»\n«q»«b:“No.”»\nafter"],
  ["&gt; q\n&gt; r", "«q»q\nr"],
  ["# head", "# head"],
  ["| a | b |\n|--|--|", "| a | b |\n|--|--|"],
  ["![a](b) [x](y)", "![a](b) [x](y)"],
  ["10:30:45", "10:30:45"],
  ["1. a\n2. b", "1. a\n2. b"],
  ["• do: _because_", "• do: «i:because»"],
  ["&lt;!channel&gt; &amp;lt; &#39;", "<!channel> &lt; &#39;"],
  ["<!here> <@U1> <#C1|shop> <!subteam^S1|@boss>", "«@all:here:here» «@user:U1:» «@channel:C1:shop» «@group:S1:@boss»"],
  ["<https://a.b/c_d_e|a *b*>", "«a:https://a.b/c_d_e:a *b*»"],
  ["<javascript:alert(1)|x>", "<javascript:alert(1)|x>"],
  ["<!date^1392734382^{date} {time_secs}|in February>", `${new Date(1392734382000).toLocaleDateString([], { year: "numeric", month: "long", day: "numeric" })} ${new Date(1392734382000).toLocaleTimeString([], { hour: "numeric", minute: "2-digit", second: "2-digit" })}`],
  [`<!date^${Math.floor(Date.now() / 1000)}^{date_short_pretty}|now>`, "today"],
  ["<!date^soon^{date}|in February>", "in February"],
  ["see https://a.b/c_d.", "see «a:https://a.b/c_d:https://a.b/c_d»."],
  ["*“I can't”*: x", "«b:“I can't”»: x"],
];

for (const [text, expected] of CASES) test(JSON.stringify(text), () => assert.equal(drawn(text), expected));
test("verbatim leaves addresses alone", () => assert.equal(drawn("see https://a.b", true), "see https://a.b"));
test("a long line of marks takes no time", () => {
  const started = performance.now();
  drawn("*a ".repeat(2700));
  assert.ok(performance.now() - started < 1000);
});
