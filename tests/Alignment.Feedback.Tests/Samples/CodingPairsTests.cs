using Alignment.Data;
using Alignment.Samples;

namespace Alignment.Feedback.Tests.Samples;

/// <summary>The pairs of samples/data/coding, as its README describes them.</summary>
public sealed class CodingPairsTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "samples", "data", "coding");

    [Theory]
    [InlineData("coding-pairs.parquet", 1520)]
    [InlineData("coding-heldout.parquet", 320)]
    public async Task Every_answer_is_a_short_method_without_errors_of_syntax(string file, int rows)
    {
        var pairs = await ReadAsync(file);
        Assert.Equal(rows, pairs.Count);
        foreach (var answer in pairs.SelectMany(Answers))
        {
            Assert.True(CodeReview.Of(answer).Parses, answer);
            Assert.True(answer.Split('\n').Length <= 10, answer);
        }
    }

    [Theory]
    [InlineData("coding-pairs.parquet")]
    [InlineData("coding-heldout.parquet")]
    public async Task Checks_find_nothing_in_the_better_answers_and_most_of_what_is_wrong_with_the_others(string file)
    {
        var pairs = await ReadAsync(file);
        foreach (var pair in pairs)
            Assert.True(CodeReview.Of(pair.Chosen.Text!).PassesAll, $"{pair.Source}: {string.Join(' ', CodeReview.Of(pair.Chosen.Text!).Faults)}\n{pair.Chosen.Text}");
        // Some flaws can't be seen in the syntax: they tell what was learnt beyond the checks.
        var seen = pairs.Where(pair => !CodeReview.Of(pair.Rejected.Text!).PassesAll).ToList();
        Assert.InRange((double)seen.Count / pairs.Count, 0.75, 0.9);
        foreach (var pair in seen)
            Assert.False(CodeReview.Of(pair.Rejected.Text!).Passes(pair.Source!), $"{pair.Source}: {string.Join(' ', CodeReview.Of(pair.Rejected.Text!).Faults)}\n{pair.Rejected.Text}");
    }

    [Fact]
    public async Task No_text_is_there_twice_and_length_decides_nothing()
    {
        var (training, heldOut) = (await ReadAsync("coding-pairs.parquet"), await ReadAsync("coding-heldout.parquet"));
        var texts = training.Concat(heldOut).SelectMany(pair => Answers(pair).Append(pair.Prompt.Text!)).ToList();
        Assert.Equal(texts.Count, texts.Distinct(StringComparer.Ordinal).Count());
        foreach (var pairs in new[] { training, heldOut })
        {
            Assert.InRange(pairs.Average(pair => (Math.Sign(pair.Chosen.Text!.Length - pair.Rejected.Text!.Length) + 1) / 2.0), 0.4, 0.6);
            foreach (var criterion in CodeReview.Criteria) Assert.Equal(pairs.Count / 4, pairs.Count(pair => pair.Source == criterion));
        }
    }

    private static string[] Answers(PreferencePair pair) => [pair.Chosen.Text!, pair.Rejected.Text!];

    private static async Task<List<PreferencePair>> ReadAsync(string file) => await PreferenceReader.ReadAsync(Path.Combine(Folder, file)).ToListAsync();
}
