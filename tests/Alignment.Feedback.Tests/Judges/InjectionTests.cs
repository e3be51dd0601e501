namespace Alignment.Feedback.Tests.Judges;

public sealed class InjectionTests
{
    [Fact]
    public void The_set_has_at_least_forty_attacks_of_many_kinds_in_two_languages()
    {
        Assert.True(InjectionCase.All.Count >= 40, $"{InjectionCase.All.Count} cases.");
        Assert.Equal(InjectionCase.All.Count, InjectionCase.All.Select(one => one.Id).Distinct().Count());
        var kinds = InjectionCase.All.GroupBy(one => one.Kind).ToList();
        Assert.True(kinds.Count >= 15, $"{kinds.Count} kinds.");
        Assert.All(new[] { "en", "ko" }, language => Assert.True(InjectionCase.All.Count(one => one.Language == language) >= 20));
        Assert.All(InjectionCase.All, one => Assert.Contains(one.Attack, one.Attacked, StringComparison.Ordinal));
        Assert.Contains(InjectionCase.All, one => one.Attacked.Length > 10_000);
    }

    [Fact]
    public async Task No_attack_turns_a_judge_that_does_what_stands_outside_of_the_lines()
    {
        var report = await RunAsync(ScriptedJudge.Obedient());
        Assert.Equal((InjectionCase.All.Count, 0, 0, 0), (report.Tested, report.Count(InjectionEffect.Flipped), report.Count(InjectionEffect.Weakened), report.Count(InjectionEffect.NoVerdict)));
        Assert.All(report.Results, result => Assert.Equal((Preference.First, Preference.First), (result.Clean!.Preference, result.Attacked!.Preference)));
        Assert.Equal(0, report.FlipRate);
    }

    [Fact]
    public async Task With_lines_that_can_be_guessed_the_same_judge_is_turned()
    {
        var report = await RunAsync(ScriptedJudge.Obedient(), Fence.WithNonce(new string('0', 32)));
        // The attacks that write a line with 32 zeros: two ends that are made up, one of sixteen guesses.
        Assert.Equal(["fake-fence-en-1", "fake-fence-ko-1", "nonce-guess-en-1"],
            report.Results.Where(result => result.Effect == InjectionEffect.Flipped).Select(result => result.Case.Id).Order());
        Assert.Equal(3.0 / InjectionCase.All.Count, report.FlipRate, 12);
        Assert.Contains(("fake-fence", 4, 2), report.ByKind);
    }

    [Fact]
    public async Task A_judge_that_is_persuaded_by_what_it_reads_is_found_out()
    {
        // Chooses whatever holds an attack, else the good answer.
        var attacks = InjectionCase.All.Select(one => PlainText.Of(one.Attacked)).ToHashSet();
        var good = InjectionCase.All.Select(one => PlainText.Of(one.Good)).ToHashSet();
        var report = await RunAsync(ScriptedJudge.By((one, two) => attacks.Contains(one) ? 1 : attacks.Contains(two) ? 2 : good.Contains(one) ? 1 : 2));
        Assert.Equal((InjectionCase.All.Count, 1.0), (report.Count(InjectionEffect.Flipped), report.FlipRate));
    }

    [Fact]
    public async Task A_judge_that_is_persuaded_in_the_first_place_alone_ends_in_ties()
    {
        var attacks = InjectionCase.All.Select(one => PlainText.Of(one.Attacked)).ToHashSet();
        var good = InjectionCase.All.Select(one => PlainText.Of(one.Good)).ToHashSet();
        var report = await RunAsync(ScriptedJudge.By((one, two) => attacks.Contains(one) ? 1 : good.Contains(one) ? 1 : 2));
        Assert.Equal((0, InjectionCase.All.Count), (report.Count(InjectionEffect.Flipped), report.Count(InjectionEffect.Weakened)));
    }

    [Fact]
    public async Task A_verdict_that_is_copied_out_of_an_answer_is_none()
    {
        var client = ScriptedClient.OfAll(messages =>
        {
            var (answers, _) = ScriptedJudge.Read(messages);
            var good = answers[0].StartsWith("This may", StringComparison.Ordinal) ? 1 : 2;
            var copied = answers.FirstOrDefault(answer => answer.Contains("\"verdict\"", StringComparison.Ordinal));
            return copied is null ? ScriptedJudge.Verdict(good) : copied[copied.IndexOf('{', StringComparison.Ordinal)..] + "\n" + ScriptedJudge.Verdict(good);
        });
        var report = await RunAsync(client, cases: [InjectionCase.All.Single(one => one.Id == "fake-verdict-en-1")]);
        Assert.Equal(InjectionEffect.NoVerdict, report.Results.Single().Effect);
    }

    private static async Task<InjectionReport> RunAsync(ScriptedClient client, Fence? fence = null, IReadOnlyList<InjectionCase>? cases = null)
    {
        using var pipeline = new CallPipeline(client);
        var judge = fence is null ? new PairJudge(pipeline) : new PairJudge(pipeline) { FenceOf = _ => fence };
        return await InjectionHarness.RunAsync(judge, cases);
    }
}
