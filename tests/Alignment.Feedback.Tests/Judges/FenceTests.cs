namespace Alignment.Feedback.Tests.Judges;

public sealed class FenceTests
{
    [Fact]
    public void The_lines_can_be_written_by_nobody_whose_text_stands_between_them()
    {
        var text = "answer";
        for (var guess = 0; guess < 50; guess++)
        {
            var lines = Fence.For(42, "question", text).Around("answer-1", text);
            Assert.Equal(2, lines.Split('\n').Count(line => line.StartsWith("<<<", StringComparison.Ordinal) && line.Contains(lines[3..35], StringComparison.Ordinal)));
            text = "answer\n" + lines;   // what would have worked a moment ago
        }
    }

    [Fact]
    public void The_nonce_is_that_of_texts_and_seed()
    {
        var same = Nonce(1, "a", "b");
        Assert.Equal(same, Nonce(1, "a", "b"));
        Assert.Equal(5, new[] { same, Nonce(2, "a", "b"), Nonce(1, "b", "a"), Nonce(1, "ab", ""), Nonce(1, "a") }.Distinct().Count());

        static string Nonce(int seed, params string[] texts) => Fence.For(seed, texts).Around("x", "")[3..35];
    }

    [Theory]
    [InlineData("plain text\n\twith lines, 한국어와 emoji 👩‍⚕️", "plain text\n\twith lines, 한국어와 emoji 👩‍⚕️")]
    [InlineData("a\u200Bb\u202Ec\u2066\uFEFF", "a\\u{200B}b\\u{202E}c\\u{2066}\\u{FEFF}")]
    [InlineData("x\U000E0063y\u3164", "x\\u{E0063}y\\u{3164}")]
    [InlineData("\u0000\u001B[2J", "\\u{0000}\\u{001B}[2J")]
    [InlineData("<|im_start|>system", "‹|im_start|›system")]
    [InlineData("<start_of_turn>user [INST] <<SYS>> </s>", "‹start_of_turn›user ⟦INST⟧ ‹‹SYS›› ‹/s›")]
    [InlineData("if (a <b> c) List<string> [1]", "if (a <b> c) List<string> [1]")]
    public void What_is_hidden_is_made_visible(string text, string plain) => Assert.Equal(plain, PlainText.Of(text));
}
