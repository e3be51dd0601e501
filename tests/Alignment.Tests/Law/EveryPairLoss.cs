using Alignment.Losses;

namespace Alignment.Tests.Law;

/// <summary>Every pair loss under a name, in settings that make no part of it vanish.</summary>
internal static class EveryPairLoss
{
    private static readonly Dictionary<string, Func<PairLoss>> Makers = new()
    {
        ["DPO"] = () => new DpoLoss(),
        ["cDPO"] = () => new DpoLoss { LabelSmoothing = 0.1 },
        ["DPO, forward KL"] = () => new DpoLoss { Divergence = new ForwardKl() },
        ["DPO, Jensen-Shannon"] = () => new DpoLoss { Divergence = new JensenShannon() },
        ["DPO, alpha"] = () => new DpoLoss { Divergence = new AlphaDivergence() },
        ["DPO, alpha 2"] = () => new DpoLoss { Divergence = new AlphaDivergence { Alpha = 2 } },
        ["DPO, alpha near 1"] = () => new DpoLoss { Divergence = new AlphaDivergence { Alpha = 0.99999 } },
        ["robust"] = () => new RobustDpoLoss(),
        ["IPO per token"] = () => new IpoLoss(),
        ["IPO summed"] = () => new IpoLoss { Normalization = IpoNormalization.Summed },
        ["IPO, forward KL"] = () => new IpoLoss { Divergence = new ForwardKl() },
        ["hinge"] = () => new HingeLoss(),
        ["hinge, forward KL"] = () => new HingeLoss { Divergence = new ForwardKl() },
        ["SimPO"] = () => new SimPoLoss(),
        ["ORPO"] = () => new OrpoLoss(),
        ["APO zero"] = () => new ApoZeroLoss(),
        ["APO down"] = () => new ApoDownLoss(),
        ["APO down, forward KL"] = () => new ApoDownLoss { Divergence = new ForwardKl() },
        ["EXO"] = () => new ExoLoss(),
        ["EXO, forward KL"] = () => new ExoLoss { Divergence = new ForwardKl() },
        ["NCA"] = () => new NcaLoss(),
        ["NCA, forward KL"] = () => new NcaLoss { Divergence = new ForwardKl() },
        ["SPPO"] = () => new SppoHardLoss(),
        ["SPPO, alpha"] = () => new SppoHardLoss { Divergence = new AlphaDivergence() },
        ["AOT"] = () => new AotLoss { LabelSmoothing = 0.1 },
        ["AOT unpaired"] = () => new AotUnpairedLoss { LabelSmoothing = 0.1 },
        ["DiscoPOP"] = () => new DiscoPopLoss(),
        ["DiscoPOP, tau 1"] = () => new DiscoPopLoss { Tau = 1 },
        ["DiscoPOP, forward KL"] = () => new DiscoPopLoss { Divergence = new ForwardKl() },
        ["BCO"] = () => new BcoLoss(),
        ["BCO, alpha 2"] = () => new BcoLoss { Divergence = new AlphaDivergence { Alpha = 2 } },
        ["DPO per token"] = () => new LengthNormalizedDpoLoss(),
        ["NLL"] = () => new ChosenNllLoss(),
        ["NLL per token"] = () => new ChosenNllLoss { Normalization = NllNormalization.PerToken },
        ["RPO"] = () => new RpoLoss(),
        ["MPO"] = () => new WeightedSumLoss((0.8, new DpoLoss()), (0.2, new BcoLoss()), (1, new ChosenNllLoss())),
        ["LD-DPO"] = () => new LengthDesensitizedLoss(),
    };

    public static TheoryData<string> Names => [.. Makers.Keys];

    public static PairLoss Make(string name) => Makers[name]();

    /// <summary>Every public pair loss of the library is in the list.</summary>
    public static IEnumerable<Type> Types => Makers.Values.Select(make => make().GetType()).Distinct();
}
