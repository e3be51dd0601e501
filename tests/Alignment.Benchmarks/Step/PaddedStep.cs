using Alignment.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Benchmarks;

/// <summary>
/// The step as TRL takes it: chosen and rejected sequences right-padded to <c>[2B, T]</c>, policy with gradient and reference without, full
/// logits <c>[2B, T, V]</c>, and their log-sum-exp row by row. It trains the weights of the model that it is given.
/// </summary>
internal sealed class PaddedStep : IDisposable
{
    private const double Beta = 0.1;

    private readonly PaddedModel _policy;
    private readonly PaddedModel? _reference;
    private readonly List<Parameter> _trained;
    private readonly AdamW _adamW;
    private readonly Tensor _ids, _responses;

    public PaddedStep(DecoderModel policy, DecoderModel? reference, IReadOnlyList<TokenizedPair> pairs)
    {
        _policy = new PaddedModel(policy);
        _reference = reference is null ? null : new PaddedModel(reference);
        _trained = [.. policy.parameters()];
        _adamW = optim.AdamW(_trained, lr: StepWorker.LearningRate, weight_decay: 0);
        (IReadOnlyList<int> Prompt, IReadOnlyList<int> Response)[] rows =
            [.. pairs.Select(pair => (pair.Prompt, pair.Chosen)), .. pairs.Select(pair => (pair.Prompt, pair.Rejected))];
        var length = rows.Max(row => row.Prompt.Count + row.Response.Count);
        var (ids, responses) = (new long[rows.Length, length], new bool[rows.Length, length]);
        foreach (var (b, (prompt, response)) in rows.Index())
        {
            foreach (var (t, id) in prompt.Concat(response).Index()) (ids[b, t], responses[b, t]) = (id, t >= prompt.Count);
        }
        (_ids, _responses) = (tensor(ids), tensor(responses));
    }

    public (double Loss, double Norm) Next()
    {
        using var scope = NewDisposeScope();
        var policy = LogProbs(_policy);
        Tensor reference;
        using (no_grad()) reference = _reference is { } model ? LogProbs(model) : Given();
        var ratios = (policy - reference).view(2, -1);
        var loss = -F.logsigmoid(Beta * (ratios[0] - ratios[1])).mean();
        loss.backward();
        var norm = nn.utils.clip_grad_norm_(_trained, 1.0);
        _adamW.step();
        foreach (var parameter in _trained) parameter.grad = null;
        return (loss.item<float>(), norm);
    }

    public void Dispose()
    {
        _adamW.Dispose();
        _ids.Dispose();
        _responses.Dispose();
    }

    /// <summary>Sums over the responses, <c>[2B]</c>.</summary>
    private Tensor LogProbs(PaddedModel model)
    {
        using var scope = NewDisposeScope();
        var logits = model.Logits(_ids);
        var predicting = logits.narrow(1, 0, _ids.shape[1] - 1);
        var picked = predicting.gather(2, _ids.narrow(1, 1, _ids.shape[1] - 1).unsqueeze(2)).squeeze(2);
        var logSumExp = stack([.. Enumerable.Range(0, (int)_ids.shape[0]).Select(row => predicting[row].logsumexp(-1))]);
        return (picked - logSumExp).masked_fill(_responses.narrow(1, 1, _ids.shape[1] - 1).logical_not(), 0).sum(1).MoveToOuterDisposeScope();
    }

    private Tensor Given() => _responses.sum(1).to(ScalarType.Float32) * GivenReference.NatsPerToken;
}
