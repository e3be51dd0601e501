using Alignment.Data.Reports;

namespace Alignment.Data.Tests.Report;

/// <summary>Which earlier row a prompt is like; likeness is a list given here.</summary>
public sealed class PromptIndexTests
{
    private readonly TextHasher _hasher = new();

    private ReportRow Row(long number, string prompt, bool heldOut = false) => ReportRow.Of(new PromptOnly(prompt), number, heldOut, _hasher);

    [Fact]
    public void Same_and_near_prompts_of_both_streams()
    {
        // Prompts that begin with the same letter are near; the index gives the first of them.
        List<char> added = [];
        int? Near(string text)
        {
            var found = added.IndexOf(text[0]);
            added.Add(text[0]);
            return found < 0 ? null : found;
        }
        var index = new PromptIndex(Near);
        Assert.Equal(PromptMatch.None, index.Add(Row(0, "apple")));
        Assert.Equal(PromptMatch.None, index.Add(Row(1, "berry")));
        Assert.Equal(new PromptMatch(null, 0, 0, true), index.Add(Row(2, "avocado")));
        Assert.Equal(new PromptMatch(0, 1, null, false), index.Add(Row(3, " APPLE\n")));
        Assert.Equal(3, index.TrainPrompts);
        Assert.Equal(new PromptMatch(0, 0, null, false), index.Add(Row(0, "apple", heldOut: true)));
        Assert.Equal(new PromptMatch(null, 0, 1, false), index.Add(Row(1, "banana", heldOut: true)));
        Assert.Equal(PromptMatch.None, index.Add(Row(2, "cherry", heldOut: true)));
        Assert.Equal(new PromptMatch(null, 0, null, true), index.Add(Row(3, "citron", heldOut: true)));   // near a held-out row that is near none
        Assert.Equal(3, index.TrainPrompts);
    }

    [Fact]
    public void Keys_know_roles_and_borders()
    {
        UInt128 Key(params ChatMessage[] messages) => _hasher.Of(new Transcript(messages));
        var (user, assistant) = (ReportData.User("one"), ReportData.Assistant("two"));
        Assert.Equal(_hasher.Of("One  "), Key(user));   // one message is what plain text would be
        Assert.NotEqual(Key(user, assistant), Key(assistant, user));
        Assert.NotEqual(Key(user, assistant), Key(ReportData.User("onet"), ReportData.Assistant("wo")));
        Assert.NotEqual(Key(new ChatMessage("a", "bc"), user), Key(new ChatMessage("ab", "c"), user));
        Assert.NotEqual(_hasher.Of("one two"), _hasher.Of("onetwo"));
        Assert.Equal(_hasher.Of("Ärger im  Büro"), _hasher.Of("ärger\tIM büro "));
    }
}
