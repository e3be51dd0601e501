using Alignment.Data.Transforms;

namespace Alignment.Data.Tests.Transforms.NearDuplicates;

public sealed class NearDuplicateIndexTests
{
    [Fact]
    public void Similar_texts_are_found_as_often_as_the_formula_says()
    {
        // Texts of 204 words have 200 5-grams; m changed words, 5 apart at least, change 5 m of them: J = (200 - 5 m) / (200 + 5 m).
        // m = 4: 180 / 220 = 0.818, met with 1 - (1 - 0.818^6)^21 = 0.9991; m = 5: 175 / 225 = 0.778 < 0.8, never.
        var random = new Random(1);
        int found = 0, wrong = 0;
        var index = new NearDuplicateIndex();
        for (var i = 0; i < 1000; i++)
        {
            var words = Words(random, 204);
            var number = index.Count;
            Assert.Null(index.Add(string.Join(' ', words)));
            if (index.Add(string.Join(' ', Changed(words, 4))) == number) found++;
            if (index.Add(string.Join(' ', Changed(words, 5))) is not null) wrong++;
        }
        Assert.InRange(found, 990, 1000);   // 999.1 expected, standard deviation 1
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Candidates_are_met_as_often_as_MinHash_says()
    {
        // 13 changes of 200 5-grams: J = (200 - 65) / (200 + 65) = 0.509, met with 1 - (1 - 0.509^6)^21 = 0.309: 617 of 2,000, standard deviation 20.6;
        // 5 of them allowed.
        var random = new Random(6);
        var index = new NearDuplicateIndex(threshold: 0.4);
        var found = 0;
        for (var i = 0; i < 2000; i++)
        {
            var words = Words(random, 204);
            index.Add(string.Join(' ', words));
            if (index.Add(string.Join(' ', Changed(words, 13))) is not null) found++;
        }
        Assert.InRange(found, 514, 720);
    }

    [Fact]
    public void Long_texts_are_compared_by_a_sample()
    {
        // 5,004 words, 5,000 5-grams, of which 256 are compared: J = 0.869 for 70 changes (4650 / 5350) and 0.709 for 170 (4150 / 5850),
        // 2.8 and 3.6 standard errors from 0.8.
        var random = new Random(2);
        int found = 0, wrong = 0;
        var index = new NearDuplicateIndex();
        for (var i = 0; i < 100; i++)
        {
            var words = Words(random, 5004);
            index.Add(string.Join(' ', words));
            if (index.Add(string.Join(' ', Changed(words, 70))) is not null) found++;
            if (index.Add(string.Join(' ', Changed(words, 170))) is not null) wrong++;
        }
        Assert.InRange(found, 97, 100);
        Assert.InRange(wrong, 0, 2);
    }

    [Fact]
    public void What_is_found_is_what_all_pairs_say()
    {
        // Against a double loop over sets of 5-grams of words themselves; short texts with changes everywhere.
        var random = new Random(3);
        var index = new NearDuplicateIndex();
        var kept = new List<(int Number, HashSet<string> Grams)>();
        int same = 0, similar = 0;
        for (var i = 0; i < 450; i++)
        {
            // A family of texts: its words, and a few of them changed.
            var words = Words(new Random(i / 3), 60);
            for (var change = random.Next(4); change > 0; change--) words[random.Next(words.Length)] = $"n{random.Next()}";
            var grams = Enumerable.Range(0, words.Length - 4).Select(start => string.Join(' ', words[start..(start + 5)])).ToHashSet();
            var expected = kept.FindIndex(other => (double)other.Grams.Intersect(grams).Count() / other.Grams.Union(grams).Count() >= 0.8);
            var actual = index.Add(string.Join(", ", words));
            if (actual is null) kept.Add((i, grams));
            if (expected >= 0) similar++;
            if (actual is null == expected < 0) same++;
        }
        Assert.InRange(similar, 60, 300);   // both answers come often
        Assert.InRange(same, 446, 450);
        Assert.Equal(kept.Count, index.KeptCount);
    }

    [Theory]
    [InlineData("One two three four five six.", "one  TWO, three; four five -- six", true)]
    [InlineData("one two three four five six", "one two three four six five", false)]
    [InlineData("Yes", "yes!", true)]
    [InlineData("yes yes", "yes", false)]
    [InlineData("I agree", "I disagree", false)]
    [InlineData("!!!", "???", false)]
    [InlineData("!!!", "!!!", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("하늘은 왜 파란가요 알려 주세요 제발", "하늘은 왜 파란가요, 알려 주세요 제발.", true)]
    [InlineData("请用中文写一个关于狗在漫长冬夜里穿过雪地找到回家路的短篇故事谢谢你们大家", "请用中文写一个关于狗在漫长冬夜里穿过雪地找到回家路的短篇故事谢谢你们大家！", true)]
    [InlineData("请用中文写一个关于狗在漫长冬夜里穿过雪地找到回家路的短篇故事谢谢你们大家", "今天天气很好我们去公园散步吧然后一起吃午饭再看一场电影最后回家休息", false)]
    public void Words_are_what_counts(string one, string other, bool similar)
    {
        var index = new NearDuplicateIndex();
        Assert.Null(index.Add("something else that stands before"));
        Assert.Null(index.Add(one));
        Assert.Equal(similar ? 1 : null, index.Add(other));
    }

    [Fact]
    public void A_chain_of_small_changes_does_not_swallow_everything()
    {
        // Each text changes 2 further words of 104: 10 of 100 5-grams. Against the one kept, J = (100 - 5 m) / (100 + 5 m) of m changes:
        // 0.818 for 2, 0.667 for 4.
        var words = Words(new Random(4), 104);
        var index = new NearDuplicateIndex();
        var found = new List<int?>();
        for (var step = 0; step < 6; step++)
        {
            found.Add(index.Add(string.Join(' ', words)));
            words = [.. words];
            for (var i = 0; i < 2; i++) words[10 + (step * 2 + i) * 7] += "x";
        }
        Assert.Equal([null, 0, null, 2, null, 4], found);
    }

    [Fact]
    public void Results_are_the_same_every_time()
    {
        int?[] Run()
        {
            var random = new Random(5);
            var index = new NearDuplicateIndex();
            return [.. Enumerable.Range(0, 500).Select(_ => index.Add(string.Join(' ', Words(random, 12, vocabulary: 3))))];
        }
        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Thresholds_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NearDuplicateIndex(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NearDuplicateIndex(1.1));
    }

    private static string[] Words(Random random, int count, int vocabulary = 1_000_000) =>
        [.. Enumerable.Range(0, count).Select(_ => $"w{random.Next(vocabulary)}")];

    /// <summary>The words with some changed, evenly spread and away from the ends, so that each change touches five 5-grams.</summary>
    private static string[] Changed(string[] words, int changes)
    {
        string[] changed = [.. words];
        for (var i = 0; i < changes; i++) changed[4 + i * ((words.Length - 9) / changes)] += "x";
        return changed;
    }
}
