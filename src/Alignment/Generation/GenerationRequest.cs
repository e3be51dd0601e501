using System.Globalization;

namespace Alignment.Generation;

/// <summary>What is asked of a model, checked before anything is computed.</summary>
internal sealed record GenerationRequest(CausalLanguageModel Model, IReadOnlyList<IReadOnlyList<int>> Prompts, GenerationOptions Options)
{
    public static GenerationRequest Checked(CausalLanguageModel model, IReadOnlyList<IReadOnlyList<int>> prompts, GenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(options);
        if (prompts.Count == 0) throw new ArgumentException("prompts must hold at least one prompt.", nameof(prompts));
        for (var i = 0; i < prompts.Count; i++)
        {
            if (prompts[i] is not { Count: > 0 } prompt) throw Wrong(nameof(prompts), $"prompts[{i}] must hold at least one token id.");
            Require(prompt, $"prompts[{i}]", nameof(prompts));
            if (prompt.Count + (long)options.MaxNewTokens > model.MaxPositions)
                throw Wrong(nameof(options), $"prompts[{i}] and MaxNewTokens together must be at most {model.MaxPositions} tokens for this model; were {prompt.Count} and {options.MaxNewTokens}.");
        }
        Require(options.StopIds, nameof(options.StopIds), nameof(options));
        return new GenerationRequest(model, prompts, options);

        void Require(IEnumerable<int> ids, string name, string parameter)
        {
            foreach (var id in ids)
                if (id < 0 || id >= model.VocabularySize)
                    throw Wrong(parameter, $"{name} must hold ids from 0 to {model.VocabularySize - 1}; held {id}.");
        }
    }

    private static ArgumentException Wrong(string parameter, FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture), parameter);
}
