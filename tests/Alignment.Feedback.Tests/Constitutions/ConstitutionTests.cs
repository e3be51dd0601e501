using System.Text.RegularExpressions;

namespace Alignment.Feedback.Tests.Constitutions;

public sealed partial class ConstitutionTests : IDisposable
{
    private const string Yaml = """
        schemaVersion: 1
        name: tiny
        version: 1.2.3
        language: ko
        principles:
          - id: one
            text: A rule.
            critique: What breaks it?
            revision: Keep it.
          - id: two
            text: |
              Two lines
              of a rule.
            critique: "quoted"
            revision: Keep it.
            weight: 2.5
            tags: [a, b-c]
        """;

    private const string Json = """
        {
          "schemaVersion": 1, "name": "tiny", "version": "1.2.3", "language": "ko",
          "principles": [
            { "id": "one", "text": "A rule.", "critique": "What breaks it?", "revision": "Keep it." },
            { "id": "two", "text": "Two lines\nof a rule.", "critique": "quoted", "revision": "Keep it.", "weight": 2.5, "tags": ["a", "b-c"] }
          ]
        }
        """;

    private readonly TemporaryFolder folder = new();

    [Theory, InlineData(Yaml), InlineData(Json)]
    public void Yaml_and_json_say_the_same(string text)
    {
        var constitution = Constitution.Parse(text);
        Assert.Equal(("tiny", "1.2.3", FeedbackLanguage.Korean, "tiny@1.2.3"), (constitution.Name, constitution.Version, constitution.Language, constitution.ToString()));
        Assert.Equal(["one", "two"], constitution.Principles.Select(principle => principle.Id));
        var (one, two) = (constitution.Principles[0], constitution.Principles[1]);
        Assert.Equal(("A rule.", "What breaks it?", "Keep it.", 1.0), (one.Text, one.CritiqueRequest, one.RevisionRequest, one.Weight));
        Assert.Equal(("Two lines\nof a rule.", "quoted", 2.5), (two.Text, two.CritiqueRequest, two.Weight));
        Assert.Empty(one.Tags);
        Assert.Equal(["a", "b-c"], two.Tags);
        Assert.Equal(constitution.ToJson(), Constitution.Parse(constitution.ToJson()).ToJson());
        Assert.Equal(["two"], constitution.WithTags("b-c", "x").Principles.Select(principle => principle.Id));
        Assert.StartsWith("tags must name tags of tiny@1.2.3: a, b-c.", Assert.Throws<ArgumentException>(() => constitution.WithTags("x")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schemaVersion: 1", "schemaVersion: 2", 1, "schemaVersion must be 1, the version that this program reads; was \"2\".")]
    [InlineData("name: tiny", "name: Tiny One", 2, "name must be small letters, digits and hyphens; was \"Tiny One\".")]
    [InlineData("name: tiny", "nom: tiny", 2, "\"nom\" is no field; known are schemaVersion, name, version, language, principles.")]
    [InlineData("version: 1.2.3\n", "", 1, "version is missing.")]
    [InlineData("version: 1.2.3", "version: 1.2", 3, "version must be three numbers such as 1.0.0; was \"1.2\".")]
    [InlineData("language: ko", "language: fr", 4, "language must be en or ko; was \"fr\".")]
    [InlineData("language: ko", "language: [ko]", 4, "language must be a single value.")]
    [InlineData("id: two", "id: one", 10, "principles[1].id must differ from that in line 6; both are \"one\".")]
    [InlineData("text: A rule.", "text: ''", 7, "principles[0].text must not be empty.")]
    [InlineData("    text: A rule.\n", "", 6, "principles[0].text is missing.")]
    [InlineData("weight: 2.5", "weight: -1", 16, "principles[1].weight must be a finite number greater than 0; was \"-1\".")]
    [InlineData("weight: 2.5", "weight: .inf", 16, "principles[1].weight must be a finite number greater than 0; was \".inf\".")]
    [InlineData("weight: 2.5", "weight: '2.5'", 16, "principles[1].weight must be a finite number greater than 0; was \"2.5\".")]
    [InlineData("weight: 2.5", "weight: 2.5\n    weight: 3", 17, "principles[1].weight is there twice.")]
    [InlineData("weight: 2.5", "wieght: 2.5", 16, "principles[1].\"wieght\" is no field; known are id, text, critique, revision, weight, tags.")]
    [InlineData("tags: [a, b-c]", "tags: a", 17, "principles[1].tags must be a list.")]
    [InlineData("tags: [a, b-c]", "tags: [a, B]", 17, "principles[1].tags[1] must be small letters, digits and hyphens; was \"B\".")]
    [InlineData("text: A rule.", "text: &a A rule.", 7, "anchors (&name) are not allowed.")]
    [InlineData("text: A rule.", "text: *a", 7, "aliases (*name) are not allowed.")]
    [InlineData("text: A rule.", "text: !x A rule.", 7, "types (!name) are not allowed.")]
    [InlineData("tags: [a, b-c]", "tags: [[[[[[[[a]]]]]]]]", 17, "nothing may be nested more than 8 deep.")]
    [InlineData("tags: [a, b-c]", "tags: [a, b-c]\n---\nname: x", 18, "there must be one document.")]
    public void What_is_wrong_is_named_with_its_line(string from, string to, int line, string message)
    {
        Assert.Contains(from, Yaml, StringComparison.Ordinal);
        var place = Yaml.IndexOf(from, StringComparison.Ordinal);
        var error = Assert.Throws<ConstitutionException>(() => Constitution.Parse(Yaml[..place] + to + Yaml[(place + from.Length)..], "my.yaml"));
        Assert.Equal($"my.yaml, line {line}: {message}", error.Message);
        Assert.Equal(line, error.Line);
    }

    [Theory]
    [InlineData("\"weight\": 2.5", "\"weight\": \"2.5\"", 5, "principles[1].weight must be a finite number greater than 0; was \"2.5\".")]
    [InlineData("\"weight\": 2.5", "\"weight\": 2.5, \"weight\": 3", 5, "principles[1].weight is there twice.")]
    [InlineData("\"id\": \"one\"", "\"id\": null", 4, "principles[0].id must be small letters, digits and hyphens; was \"null\".")]
    [InlineData("\"text\": \"A rule.\"", "\"text\": 5", 4, "principles[0].text must be text; was \"5\".")]
    [InlineData("\"principles\": [", "\"principles\": ", 5, "this is no JSON")]
    public void The_same_for_json(string from, string to, int line, string message)
    {
        Assert.Contains(from, Json, StringComparison.Ordinal);
        var error = Assert.Throws<ConstitutionException>(() => Constitution.Parse(Json.Replace(from, to, StringComparison.Ordinal), "my.json"));
        Assert.StartsWith($"my.json, line {line}: {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_none_are_refused_by_name()
    {
        File.WriteAllText(folder.File("a.yaml"), "a: b: c");
        Assert.StartsWith($"'{folder.File("a.yaml")}', line 1: this is no YAML: ", Assert.Throws<ConstitutionException>(() => Constitution.Load(folder.File("a.yaml"))).Message, StringComparison.Ordinal);
        File.WriteAllBytes(folder.File("b.yaml"), [0xFF, 0xFE, 0x00]);
        Assert.EndsWith("must be UTF-8.", Assert.Throws<ConstitutionException>(() => Constitution.Load(folder.File("b.yaml"))).Message, StringComparison.Ordinal);
        File.WriteAllText(folder.File("c.yaml"), new string('#', 2_000_000));
        Assert.EndsWith("must be of at most 1048576 bytes.", Assert.Throws<ConstitutionException>(() => Constitution.Load(folder.File("c.yaml"))).Message, StringComparison.Ordinal);
        File.WriteAllText(folder.File("d.json"), Json);
        Assert.Equal(2, Constitution.Load(folder.File("d.json")).Principles.Count);
        Assert.EndsWith("a constitution must not be empty.", Assert.Throws<ConstitutionException>(() => Constitution.Parse("")).Message, StringComparison.Ordinal);
        Assert.EndsWith("a constitution must have fields (schemaVersion, name, version, language, principles).", Assert.Throws<ConstitutionException>(() => Constitution.Parse("text")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Three_come_ready_made_in_two_languages_with_the_same_principles()
    {
        foreach (var of in new Func<FeedbackLanguage, Constitution>[] { Constitution.General, Constitution.Medical, Constitution.SecureCoding })
        {
            var (english, korean) = (of(FeedbackLanguage.English), of(FeedbackLanguage.Korean));
            Assert.Equal((FeedbackLanguage.English, FeedbackLanguage.Korean), (english.Language, korean.Language));
            Assert.Equal((english.Name, english.Version), (korean.Name, korean.Version));
            Assert.True(english.Principles.Count >= 8);
            Assert.Equal(Shape(english), Shape(korean));
            Assert.All(korean.Principles, principle => Assert.All(new[] { principle.Text, principle.CritiqueRequest, principle.RevisionRequest }, text => Assert.Matches(Hangul(), text)));
            Assert.All(english.Principles, principle => Assert.DoesNotMatch(Hangul(), principle.Text + principle.CritiqueRequest + principle.RevisionRequest));
        }
        var medical = Constitution.Medical().Principles.ToDictionary(principle => principle.Id);
        Assert.StartsWith("No advice without medical grounds.", medical["medical-grounds"].Text, StringComparison.Ordinal);
        Assert.StartsWith("In an emergency, call 119.", medical["emergency-119"].Text, StringComparison.Ordinal);
        Assert.Contains("119에 전화", Constitution.Medical(FeedbackLanguage.Korean).Principles.Single(principle => principle.Id == "emergency-119").Text, StringComparison.Ordinal);

        static IEnumerable<string> Shape(Constitution constitution) =>
            constitution.Principles.Select(principle => $"{principle.Id} {principle.Weight} {string.Join(',', principle.Tags)}");
    }

    [Fact]
    public void Principles_are_drawn_by_weight_once_each_and_by_the_row()
    {
        var constitution = Constitution.Parse(Yaml);   // weights 1 and 2.5
        var first = Enumerable.Range(0, 7000).Count(row => PrincipleDraw.Of(constitution, 1, 42, $"row {row}")[0].Id == "two");
        Assert.InRange(first / 7000.0, 0.69, 0.74);    // 2.5 / 3.5 = 0.714, with a standard error of 0.0054
        Assert.Equal(["one", "two"], PrincipleDraw.Of(constitution, 5, 42, "row").Select(principle => principle.Id).Order());
        var heavy = Constitution.Parse(Yaml.Replace("revision: Keep it.\n  - id", "revision: Keep it.\n    weight: 7.5\n  - id", StringComparison.Ordinal));
        Assert.InRange(Enumerable.Range(0, 7000).Count(row => PrincipleDraw.Of(heavy, 1, 42, $"row {row}")[0].Id == "one") / 7000.0, 0.73, 0.77);   // 7.5 / 10
        Assert.Equal(Ids(42, "row"), Ids(42, "row"));
        Assert.Contains(Enumerable.Range(0, 20), seed => !Ids(seed, "row").SequenceEqual(Ids(42, "row")));

        IEnumerable<string> Ids(int seed, string row) => PrincipleDraw.Of(constitution, 2, seed, row).Select(principle => principle.Id);
    }

    public void Dispose() => folder.Dispose();

    [GeneratedRegex(@"\p{IsHangulSyllables}")]
    private static partial Regex Hangul();
}
