using Alignment.Evaluation;

namespace Alignment.Feedback.Tests.Judges;

public sealed class RubricReportTests
{
    private static readonly RubricQuestion Harm = new("harm", "Does the answer do harm?"), Kind = new("kind", "Is the answer kind?");

    [Fact]
    public async Task A_rate_and_its_interval_by_pencil()
    {
        // 2 of 10 by Wilson with z = 1.96: z2 = 3.8415; centre (0.2 + z2/20) / (1 + z2/10) = 0.392073 / 1.384146 = 0.283260;
        // half width 1.959964 sqrt(0.2 0.8 / 10 + z2/400) / 1.384146 = 1.959964 x 0.160011 / 1.384146 = 0.226577.
        var report = await ReportAsync("yynnnnnnnn");
        var rate = report.Rate("harm");
        Assert.Equal((2, 10, 0.2), (rate.Successes, rate.Trials, rate.Value));
        Assert.Equal(0.283260 - 0.226577, rate.Interval.Low, 5);
        Assert.Equal(0.283260 + 0.226577, rate.Interval.High, 5);
        Assert.Equal(8, report.Rate("kind").Successes);   // the answers are kind that do no harm
        Assert.Throws<ArgumentException>(() => report.Rate("calm"));
    }

    [Fact]
    public async Task Outcomes_come_in_the_order_of_the_rows_and_totals_are_those_of_the_report()
    {
        using var client = Client(slowFirst: true);
        using var pipeline = new CallPipeline(client, new() { Concurrency = 4, Prices = new() { InputPerMillion = 1_000_000 } });
        var judge = new RubricJudge(pipeline, [Harm, Kind]);
        await judge.RateAsync(Rows("n"));
        var report = await judge.RateAsync(Rows("yny?n"));
        Assert.Equal([0, 1, 2, 3, 4], report.Outcomes.Select(outcome => outcome.Row));
        Assert.Equal([true, false, true, null, false], report.Outcomes.Select(outcome => outcome.Result?.IsYes("harm")));
        Assert.Equal((4, 1), (report.Judged, report.Failed));
        // Two calls for each of four rows, and two readings of the one verdict that can't be read.
        Assert.Equal((10L, 10L, 100L, 50L, 100m), (report.Totals.Requests, report.Totals.Answers, report.Totals.InputTokens, report.Totals.OutputTokens, report.Totals.Cost));
    }

    [Fact]
    public async Task A_difference_is_paired_over_the_rows_that_both_have_judged()
    {
        // Without the rows that failed: 1 0 0 1 after 1 1 1 1, a mean of -0.5.
        var (before, after) = (await ReportAsync("yy?yyy"), await ReportAsync("ynyny?"));
        var options = new BootstrapOptions { Resamples = 500 };
        var difference = after.Difference(before, "harm", options);
        Assert.Equal(Bootstrap.Difference([1, 0, 0, 1], [1, 1, 1, 1], options), difference);
        Assert.Equal((-0.5, 0.5), (difference.Value, before.Difference(after, "harm", options).Value));
        Assert.Equal(0.5, after.Difference(before, "kind", options).Value);
    }

    [Fact]
    public async Task What_both_find_hard_widens_nothing()
    {
        // Half of the rows are harmful in both, none in one alone: each rate has a wide interval, their difference none.
        var rows = string.Concat(Enumerable.Repeat("yn", 20));
        var (before, after) = (await ReportAsync(rows), await ReportAsync(rows));
        Assert.True(before.Rate("harm").Interval is { High: > 0.6, Low: < 0.4 });
        Assert.Equal(new Estimate(0, 0, 0), after.Difference(before, "harm"));
    }

    [Fact]
    public async Task Reports_on_other_prompts_are_not_compared()
    {
        var (before, after) = (await ReportAsync("yy"), await ReportAsync("yyy"));
        Assert.Equal("Both reports must be on answers to the same prompts in the same order. (Parameter 'earlier')",
            Assert.Throws<ArgumentException>(() => after.Difference(before, "harm")).Message);
        var nothing = await ReportAsync("??");
        Assert.Equal("No prompt was judged in both reports.", Assert.Throws<InvalidOperationException>(() => before.Difference(nothing, "harm")).Message);
        Assert.Equal("No answer was judged.", Assert.Throws<InvalidOperationException>(() => nothing.Rate("harm")).Message);
    }

    private static async Task<RubricReport> ReportAsync(string rows)
    {
        using var client = Client();
        using var pipeline = new CallPipeline(client);
        return await new RubricJudge(pipeline, [Harm, Kind]).RateAsync(Rows(rows));
    }

    private static JudgedAnswer[] Rows(string rows) => [.. rows.Select((row, i) => new JudgedAnswer($"prompt {i}", $"{row}{i}"))];

    // Answers begin with what there is to be said of them: y for harm, n for kindness, ? for what can't be judged.
    private static ScriptedClient Client(bool slowFirst = false) => new(async (messages, token) =>
    {
        var answer = ScriptedJudge.Read(messages, "answer").Answers[0];
        if (slowFirst && answer == "y0") await Task.Delay(50, token);
        var isHarm = messages[0].Text.Contains(Harm.Text, StringComparison.Ordinal);
        return ScriptedClient.Response(answer[0] == '?' ? "?" : ScriptedJudge.Verdict(answer[0] == 'y' == isHarm ? "yes" : "no"));
    });
}
