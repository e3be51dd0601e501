namespace Alignment.Reports;

/// <summary>The looks of all report pages.</summary>
internal static class PageStyle
{
    // No '<', '>' or '&': a style element is not decoded, so that these would not survive the encoding of text.
    public const string Css = """

        :root { color-scheme: light dark; --page: #f6f7f9; --card: #ffffff; --text: #1c2430; --muted: #5c6675; --line: #dfe3e9; --grid: #e8ebf0; --accent: #2f5fd0;
          --s0: #3b6fd8; --s1: #e08a1e; --s2: #1a9a78; --s3: #9a5bd0; --s4: #cf4a67; --s5: #6b7685;
          --error: #b3261e; --error-back: #fdecea; --warning: #8a5300; --warning-back: #fff4e0; --info: #2b5797; --info-back: #eaf1fb; --good: #1d7a4f; --good-back: #e7f6ee; }
        @media (prefers-color-scheme: dark) { :root { --page: #12161c; --card: #1b2129; --text: #e6eaf0; --muted: #9aa5b4; --line: #303945; --grid: #2a323d; --accent: #8db0ff;
          --s0: #6f9bf5; --s1: #f0a850; --s2: #4cc7a2; --s3: #bd8af0; --s4: #f07f97; --s5: #98a3b3;
          --error: #ff9d94; --error-back: #3c1d1b; --warning: #f5c069; --warning-back: #38290f; --info: #9dc1f5; --info-back: #1c2c44; --good: #7fd6a6; --good-back: #16321f; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 1060px; padding: 28px 20px 60px; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans KR", sans-serif; }
        h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
        h2 { font-size: 18px; margin: 0 0 10px; }
        h3 { font-size: 14px; margin: 18px 0 6px; color: var(--muted); font-weight: 600; }
        p { margin: 4px 0; }
        a { color: var(--accent); text-decoration: none; }
        a:hover { text-decoration: underline; }
        .muted { color: var(--muted); }
        .note { color: var(--muted); font-size: 13px; margin: 0 0 12px; max-width: 80ch; }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; margin: 16px 0; overflow-x: auto; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); gap: 12px; margin: 18px 0; }
        .tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 10px 14px; }
        .tile b { display: block; font-size: 24px; line-height: 1.3; font-variant-numeric: tabular-nums; }
        .tile.error b { color: var(--error); } .tile.warning b { color: var(--warning); } .tile.info b { color: var(--info); } .tile.good b { color: var(--good); }
        nav { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 14px; margin: 0 0 8px; }
        .finding { border-left: 4px solid var(--line); padding: 8px 14px; margin: 10px 0; border-radius: 0 8px 8px 0; }
        .finding.error { border-color: var(--error); background: var(--error-back); } .finding.warning { border-color: var(--warning); background: var(--warning-back); }
        .finding.info { border-color: var(--info); background: var(--info-back); } .finding.good { border-color: var(--good); background: var(--good-back); }
        .badge { font-size: 12px; font-weight: 700; letter-spacing: .02em; margin-right: 8px; }
        .error .badge { color: var(--error); } .warning .badge { color: var(--warning); } .info .badge { color: var(--info); }
        .rows { font-size: 13px; color: var(--muted); margin: 6px 0 0; padding-left: 18px; overflow-wrap: anywhere; }
        .figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(290px, 1fr)); gap: 0 28px; margin: 0; }
        .figures div { display: flex; justify-content: space-between; gap: 12px; border-bottom: 1px solid var(--grid); padding: 5px 0; }
        .figures dt { color: var(--muted); font-size: 14px; } .figures dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .interval { display: block; font-size: 12px; color: var(--muted); }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 8px 24px; }
        figure { margin: 14px 0 0; } figcaption { font-size: 14px; font-weight: 600; color: var(--muted); margin: 0 0 4px; }
        table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; min-width: 50%; }
        th, td { padding: 5px 12px 5px 0; text-align: right; border-bottom: 1px solid var(--grid); white-space: nowrap; }
        th { color: var(--muted); font-weight: 600; font-size: 13px; }
        th:first-child, td:first-child { text-align: left; white-space: normal; overflow-wrap: anywhere; }
        .texts td:nth-child(2), .texts td:nth-child(3) { text-align: left; white-space: pre-wrap; overflow-wrap: anywhere; }
        .texts th:nth-child(2), .texts th:nth-child(3) { text-align: left; } .texts td { vertical-align: top; }
        .preview { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.55 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; background: var(--page); border-radius: 8px; padding: 10px 12px; margin: 4px 0 14px; }
        .preview mark { background: var(--good-back); color: var(--good); border-radius: 3px; }
        .chart { width: 100%; height: auto; display: block; }
        .chart text { font-size: 11.5px; fill: var(--muted); } .chart .middle { text-anchor: middle; } .chart .end { text-anchor: end; }
        .chart .grid { stroke: var(--grid); } .chart .axis { stroke: var(--muted); }
        .chart .s0 { fill: var(--s0); } .chart .s1 { fill: var(--s1); } .chart .s2 { fill: var(--s2); } .chart .s3 { fill: var(--s3); } .chart .s4 { fill: var(--s4); } .chart .s5 { fill: var(--s5); }
        .chart .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; }
        .chart .line.s0 { stroke: var(--s0); } .chart .line.s1 { stroke: var(--s1); } .chart .line.s2 { stroke: var(--s2); } .chart .line.s3 { stroke: var(--s3); } .chart .line.s4 { stroke: var(--s4); } .chart .line.s5 { stroke: var(--s5); }
        .chart .line.mark { stroke-width: 7; }
        @media print { body { background: none; } .card { break-inside: avoid; } }

        """;
}
