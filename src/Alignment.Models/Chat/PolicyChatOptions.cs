using System.Runtime.CompilerServices;
using Alignment.Generation;

namespace Alignment.Models;

/// <summary>Settings of a <see cref="PolicyChatClient"/>: what holds for every request that doesn't say otherwise.</summary>
public sealed record PolicyChatOptions
{
    /// <summary>The name of the model in responses and metadata. A request may name this model and no other.</summary>
    /// <value>The default is "policy". Not empty.</value>
    public string ModelId { get; init => field = NotEmpty(value); } = "policy";

    /// <summary>How responses are generated.</summary>
    /// <value>
    /// The default is greedy, up to 256 tokens or what is left of the model's positions. One sample a prompt. Of requests without a seed of
    /// their own each takes the next one, beginning with the seed here: answers vary, and a program that is run again gets the same.
    /// </value>
    public TextGenerationOptions Generation { get; init => field = OneSample(value); } = new();

    /// <summary>Special tokens that end a turn, besides the tokenizer's end token and the ids in <see cref="Generation"/>.</summary>
    /// <value>None by default; for example "&lt;|eot_id|&gt;" or "&lt;|im_end|&gt;". <see cref="GenerationConfigFile.StopIds"/> reads those of a folder.</value>
    public IReadOnlyList<string> StopTokens { get; init => field = value ?? throw new ArgumentNullException(nameof(StopTokens)); } = [];

    /// <summary>Whether disposing the client disposes the model.</summary>
    /// <value>The default is false.</value>
    public bool OwnsModel { get; init; }

    /// <summary>Where the time of a response comes from.</summary>
    /// <value>The default is the system's clock.</value>
    public TimeProvider TimeProvider { get; init => field = value ?? throw new ArgumentNullException(nameof(TimeProvider)); } = TimeProvider.System;

    private static string NotEmpty(string value, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        return value;
    }

    private static TextGenerationOptions OneSample(TextGenerationOptions value, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(value, name);
        return value.Tokens.SamplesPerPrompt == 1
            ? value
            : throw new ArgumentException(FormattableString.Invariant(
                $"SamplesPerPrompt must be 1, since a request has one response; was {value.Tokens.SamplesPerPrompt}."), name);
    }
}
