using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Scores by a reward model, read at the last token of each response.</summary>
internal sealed class ModelReward(RewardModel model, int rowsAtOnce) : RewardSource
{
    private readonly RewardModel _model = Ensure.NotNull(model, nameof(model));
    private readonly int _rowsAtOnce = Ensure.AtLeast(rowsAtOnce, 1);

    public override string Identity => $"a reward model with weights of SHA-256 {(_model as AdapterRewardModel)?.Fingerprint ?? ModelFingerprint.Of(_model)}";

    internal override IEnumerable<TokenModel> Models => [_model];

    public override RewardScores Score(IReadOnlyList<SampledResponse> responses, CancellationToken cancellationToken = default)
    {
        using var evaluation = new EvaluationMode(_model);
        using var noGrad = no_grad();
        var scores = new List<double>(responses.Count);
        foreach (var rows in responses.Chunk(_rowsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var layout = TokenLayout.Of([.. rows.Select(row => new TokenizedExample(row.Prompt, row.Ids))], _model.Device);
            scores.AddRange(HostNumbers.Of(_model.Scores(layout)));   // [S]
        }
        return new RewardScores(scores);
    }
}
