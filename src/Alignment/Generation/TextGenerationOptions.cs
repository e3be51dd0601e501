using System.Runtime.CompilerServices;

namespace Alignment.Generation;

/// <summary>How prompts are gone on with in text.</summary>
public sealed record TextGenerationOptions
{
    /// <summary>The settings of the tokens.</summary>
    public GenerationOptions Tokens { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Texts that end a response; its text is cut before the first of them, wherever tokens begin and end.</summary>
    /// <value>The default is none. None may be empty.</value>
    public IReadOnlyList<string> StopTexts { get; init => field = NotEmpty(value); } = [];

    /// <summary>Whether the tokenizer's end token, where it has one, ends a response too.</summary>
    /// <value>The default is true.</value>
    public bool StopsAtEndToken { get; init; } = true;

    private static IReadOnlyList<string> NotEmpty(IReadOnlyList<string> texts, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(texts, name);
        for (var i = 0; i < texts.Count; i++)
            if (string.IsNullOrEmpty(texts[i])) throw new ArgumentException(FormattableString.Invariant($"{name}[{i}] must hold at least one character."), name);
        return texts;
    }
}
