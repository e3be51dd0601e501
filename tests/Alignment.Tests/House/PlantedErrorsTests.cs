namespace Alignment.Tests.House;

/// <summary>The list of errors that <c>eng/mutate.sh</c> plants: code moves on, and an error whose text is gone is planted nowhere.</summary>
public sealed class PlantedErrorsTests
{
    [Fact]
    public void Every_text_to_replace_is_in_its_file_exactly_once()
    {
        string[][] planted = [.. File.ReadLines(Path.Combine(Repository.Root, "eng", "mutations.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('|'))];
        Assert.True(planted.Length >= 150, $"{planted.Length}");
        Assert.All(planted, error =>
        {
            Assert.Equal(3, error.Length);
            Assert.NotEqual(error[1], error[2]);
            Assert.Equal(2, File.ReadAllText(Path.Combine(Repository.Root, error[0])).Split(error[1]).Length);
        });
    }
}
