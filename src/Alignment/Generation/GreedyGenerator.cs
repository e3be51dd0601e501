using static TorchSharp.torch;

namespace Alignment.Generation;

/// <summary>Goes on with prompts by the most likely token of each step.</summary>
public static class GreedyGenerator
{
    /// <summary>Generates a response to each prompt.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">Ids of each prompt; at least one prompt of at least one token.</param>
    /// <param name="maxNewTokens">The longest response; at least 1.</param>
    /// <param name="stopIds">Tokens that end a response, such as the end token; none by default.</param>
    /// <param name="cancellationToken">Ends generation between two tokens, by an exception.</param>
    /// <returns>The new ids of each prompt, with the stop token that ended them.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Generate(
        CausalLanguageModel model, IReadOnlyList<IReadOnlyList<int>> prompts, int maxNewTokens, IReadOnlyCollection<int>? stopIds = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prompts);
        if (prompts.Count == 0) throw new ArgumentException("Generation needs at least one prompt.", nameof(prompts));
        Ensure.AtLeast(maxNewTokens, 1, nameof(maxNewTokens));
        foreach (var prompt in prompts) TokenIds.NotEmpty(prompt);

        using var noGrad = no_grad();
        model.eval();
        using var session = model.StartDecoding(prompts, maxNewTokens);
        var responses = prompts.Select(_ => new List<int>()).ToList();
        var open = prompts.Count;
        for (var t = 0; t < maxNewTokens; t++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var next = session.Logits.argmax(-1);   // [Rows]
            var ids = next.data<long>().ToArray();
            for (var row = 0; row < ids.Length; row++)
            {
                if (Ended(responses[row], stopIds)) continue;
                responses[row].Add((int)ids[row]);
                if (Ended(responses[row], stopIds)) open--;
            }
            if (open == 0 || t == maxNewTokens - 1) break;
            session.Append(next);
        }
        return responses;
    }

    private static bool Ended(List<int> response, IReadOnlyCollection<int>? stopIds) =>
        response.Count > 0 && stopIds is not null && stopIds.Contains(response[^1]);
}
