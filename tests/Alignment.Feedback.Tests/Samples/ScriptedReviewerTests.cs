using Alignment.Samples;

namespace Alignment.Feedback.Tests.Samples;

/// <summary>The script of samples/CodingAssistant, asked as the sample asks it.</summary>
public sealed class ScriptedReviewerTests
{
    private const string Sound = "int? Parse(string text) => int.TryParse(text, out var number) ? number : null;";
    private const string Flawed = "int Parse(string text) => int.Parse(text);";

    private static readonly Constitution Criteria = Constitution.Load(Path.Combine(Repository.Root, "samples", "CodingAssistant", "criteria.yaml"));

    [Fact]
    public void The_criteria_are_those_of_the_checks() =>
        Assert.Equal(CodeReview.Criteria, Criteria.Principles.Select(principle => principle.Id));

    [Fact]
    public async Task Only_the_principle_votes_whose_checks_tell_the_answers_apart()
    {
        using var pipeline = new CallPipeline(new ScriptedReviewer(Criteria));
        var label = await new AiLabeler(pipeline, Criteria).LabelAsync(new LabelCandidate("Parse a number.", Flawed, Sound));
        // secure and correct (3 each) and readable (1) are torn; robust (2 of 9) is for the second: 0.5 * 7 / 9.
        Assert.Equal(3.5 / 9, label.FirstWins, 12);
        Assert.Equal([0.5, 0.5, 0, 0.5], label.Votes.Select(vote => vote.FirstWins));
    }

    [Theory]
    [InlineData(Sound, Flawed, Preference.First)]
    [InlineData(Flawed, Sound, Preference.Second)]
    [InlineData(Sound, Sound, Preference.Tie)]
    [InlineData("no code", Flawed, Preference.Second)]
    public async Task It_judges_by_the_weight_of_faults_whatever_the_rubric_says(string first, string second, Preference better)
    {
        using var pipeline = new CallPipeline(new ScriptedReviewer(Criteria));
        var rubric = string.Join(' ', Criteria.Principles.Select(principle => principle.Text));
        var verdict = await new PairJudge(pipeline, new JudgeOptions { Rubric = rubric }).JudgeAsync(new JudgedPair("Parse a number.", first, second));
        Assert.Equal(better, verdict.Preference);
        Assert.False(verdict.IsFlipped);
    }
}
