using Alignment.Rl;

namespace Alignment.Training;

/// <summary>Responses that the policy gave in one iteration: plain numbers on the host, no padding and no tensor to dispose.</summary>
/// <remarks>Responses stand prompt after prompt. Everything per token is <c>[M]</c> in that order, everything per response <c>[S]</c>.</remarks>
/// <param name="Responses">The responses.</param>
/// <param name="Sampler">Nats of each token under the distribution it was drawn from, <c>[M]</c>.</param>
internal sealed record Rollout(IReadOnlyList<SampledResponse> Responses, double[] Sampler)
{
    /// <summary>Where the tokens of each response lie.</summary>
    public TokenSequences Sequences { get; } = TokenSequences.Of([.. Responses.Select(response => response.Ids.Count)]);

    /// <summary>M.</summary>
    public int TokenCount => Sampler.Length;

    /// <summary>Tokens of a response with its prompt.</summary>
    public int LengthOf(int row) => Responses[row].Prompt.Count + Responses[row].Ids.Count;

    /// <summary>Some responses as they go through a model.</summary>
    public TokenLayout Layout(IReadOnlyList<int> rows, TorchSharp.torch.Device device) =>
        TokenLayout.Of([.. rows.Select(row => new TokenizedExample(Responses[row].Prompt, Responses[row].Ids))], device);

    /// <summary>Advantages of whole responses, <c>[S]</c>, which each of their tokens has.</summary>
    public Advantages OfResponses(TorchSharp.torch.Tensor perResponse)
    {
        var values = HostNumbers.Of(perResponse);
        return new Advantages([.. values.SelectMany((value, row) => Enumerable.Repeat(value, Sequences.Lengths[row]))]);
    }
}
