using System.Text.RegularExpressions;

namespace Alignment.Tests.House;

/// <summary>The table of the README of Training/Ppo has all forty lines, and every test that it names exists.</summary>
public sealed partial class TableOfDetailsTests
{
    private static string Readme => File.ReadAllText(Path.Combine(Repository.Root, "src/Alignment/Training/Ppo/README.md"));

    [Fact]
    public void Each_of_the_forty_lines_names_tests_that_exist()
    {
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).ToLookup(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText);
        var lines = Line().Matches(Readme);
        Assert.Equal(Enumerable.Range(1, 40), lines.Select(line => int.Parse(line.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture)));
        foreach (Match line in lines)
        {
            var tests = line.Groups["tests"].Value;
            Assert.True(Test().IsMatch(tests) || tests.Contains("Slow", StringComparison.Ordinal) || tests.Contains("Golden", StringComparison.Ordinal), line.Value);
        }
        foreach (Match test in Test().Matches(Readme))
            Assert.True(sources[test.Groups["class"].Value].Any(source => source.Contains($" {test.Groups["method"].Value}(", StringComparison.Ordinal)), test.Value);
    }

    [GeneratedRegex(@"^\| (?<number>\d+) \|[^|]*\|[^|]*\|(?<tests>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<method>\w+)`")]
    private static partial Regex Test();
}
