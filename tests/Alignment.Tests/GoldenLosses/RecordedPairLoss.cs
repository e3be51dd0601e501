using System.Globalization;
using System.Text.Json;
using Alignment.Losses;

namespace Alignment.Tests.GoldenLosses;

/// <summary>From a recorded setting of TRL's DPO trainer to the loss of ours that means the same.</summary>
internal static class RecordedPairLoss
{
    public static PairLoss Of(JsonElement row)
    {
        var types = row.GetProperty("loss_type").EnumerateArray().Select(t => t.GetString()!).ToArray();
        var loss = types.Length == 1 ? One(types[0], row) : new WeightedSumLoss([.. Weights(row, types.Length).Zip(types, (w, t) => (w, One(t, row)))]);
        return row.GetProperty("ld_alpha") is { ValueKind: JsonValueKind.Number } alpha ? new LengthDesensitizedLoss { Alpha = alpha.GetDouble(), Loss = loss } : loss;
    }

    /// <summary>A row's settings in words, those that matter to it only.</summary>
    public static string Name(JsonElement row)
    {
        var name = string.Join('+', row.GetProperty("loss_type").EnumerateArray().Select(t => t.GetString()));
        name += string.Create(CultureInfo.InvariantCulture, $" beta {row.GetProperty("beta").GetDouble()}");
        if (name.StartsWith("discopop", StringComparison.Ordinal)) name += string.Create(CultureInfo.InvariantCulture, $" tau {row.GetProperty("discopop_tau").GetDouble()}");
        return row.GetProperty("f_divergence_type").GetString() switch
        {
            "forward_kl" => name + " forward",
            "js_divergence" => name + " js",
            "alpha_divergence" => string.Create(CultureInfo.InvariantCulture, $"{name} alpha {row.GetProperty("f_alpha_divergence_coef").GetDouble()}"),
            _ => name,
        };
    }

    private static double[] Weights(JsonElement row, int count) =>
        row.GetProperty("loss_weights") is { ValueKind: JsonValueKind.Array } weights ? RecordedPairs.Doubles(weights) : [.. Enumerable.Repeat(1.0, count)];

    private static FDivergence Divergence(JsonElement row) => row.GetProperty("f_divergence_type").GetString() switch
    {
        "reverse_kl" => new ReverseKl(),
        "forward_kl" => new ForwardKl(),
        "js_divergence" => new JensenShannon(),
        "alpha_divergence" => new AlphaDivergence { Alpha = row.GetProperty("f_alpha_divergence_coef").GetDouble() },
        var other => throw new NotSupportedException(other),
    };

    private static PairLoss One(string type, JsonElement row)
    {
        var beta = row.GetProperty("beta").GetDouble();
        var smoothing = row.GetProperty("label_smoothing").GetDouble();
        var divergence = Divergence(row);
        return type switch
        {
            "sigmoid" => new DpoLoss { Beta = beta, Divergence = divergence },   // label_smoothing is robust's where both are in a sum
            "hinge" => new HingeLoss { Beta = beta, Divergence = divergence },
            "ipo" => new IpoLoss { Beta = beta, Divergence = divergence },
            "exo_pair" => new ExoLoss { Beta = beta, LabelSmoothing = smoothing, Divergence = divergence },
            "nca_pair" => new NcaLoss { Beta = beta, Divergence = divergence },
            "robust" => new RobustDpoLoss { Beta = beta, LabelSmoothing = smoothing, Divergence = divergence },
            "bco_pair" => new BcoLoss { Beta = beta, Divergence = divergence },
            "sppo_hard" => new SppoHardLoss { Beta = beta, Divergence = divergence },
            "aot" => new AotLoss { Beta = beta, LabelSmoothing = smoothing },
            "aot_unpaired" => new AotUnpairedLoss { Beta = beta, LabelSmoothing = smoothing },
            "apo_zero" => new ApoZeroLoss { Beta = beta },
            "apo_down" => new ApoDownLoss { Beta = beta, Divergence = divergence },
            "discopop" => new DiscoPopLoss { Beta = beta, Tau = row.GetProperty("discopop_tau").GetDouble(), Divergence = divergence },
            "sigmoid_norm" => new LengthNormalizedDpoLoss { Beta = beta, Divergence = divergence },
            "sft" => new ChosenNllLoss { Normalization = NllNormalization.PerToken },
            _ => throw new NotSupportedException(type),
        };
    }
}
