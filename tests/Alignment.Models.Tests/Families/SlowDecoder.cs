using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>The decoders of all families in plain loops over doubles, one sequence at a time, after their papers.</summary>
/// <remarks>
/// No tensor operator takes part but one: a model rounds its rotary angles to float32, so cosines and sines are the model's own,
/// each compared with a double of this class first.
/// </remarks>
internal sealed class SlowDecoder
{
    private readonly DecoderConfig config;
    private readonly Dictionary<string, double[]> weights;
    private readonly bool isGemma, isGpt2, isPhi;
    private readonly int hidden, size, heads, keyHeads;

    public SlowDecoder(DecoderModel model)
    {
        config = model.Config;
        weights = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.detach().data<double>().ToArray());
        (isGemma, isGpt2, isPhi) = (config.ModelType.StartsWith("gemma", StringComparison.Ordinal), config.ModelType == "gpt2", config.ModelType == "phi3");
        (hidden, heads, keyHeads) = (config.HiddenSize, config.Attention.Heads, config.Attention.KeyValueHeads);
        size = config.Attention.HeadSize ?? hidden / heads;
    }

    /// <summary>The numbers of one parameter, to be changed in place.</summary>
    public double[] this[string name] => weights[name];

    /// <summary>Rows after the last norm, <c>[T, H]</c>.</summary>
    /// <param name="ids">One sequence.</param>
    /// <param name="longest">Length of the longest sequence of the batch.</param>
    public double[][] Hidden(int[] ids, int? longest = null)
    {
        var rows = ids.Select(Embedded).ToArray();
        for (var layer = 0; layer < config.Layers; layer++) rows = Layer(layer, rows, longest ?? ids.Length);
        return [.. rows.Select(row => Norm(isGpt2 ? "transformer.ln_f" : "model.norm", row))];
    }

    /// <summary>Log-probability of each token after the first, given those before it.</summary>
    public double[] LogProbs(int[] ids, int? longest = null)
    {
        var rows = Hidden(ids, longest);
        return [.. Enumerable.Range(1, ids.Length - 1).Select(t =>
        {
            var logits = Logits(rows[t - 1]);
            var largest = logits.Max();
            return logits[ids[t]] - largest - Math.Log(logits.Sum(logit => Math.Exp(logit - largest)));
        })];
    }

    public double[] Logits(double[] row)
    {
        var table = weights[config.TieEmbeddings ? Embedding : "lm_head.weight"];
        return [.. Enumerable.Range(0, config.VocabularySize).Select(id => Capped(Dot(table, id * hidden, row), config.LogitSoftCap))];
    }

    private string Embedding => isGpt2 ? "transformer.wte.weight" : "model.embed_tokens.weight";

    private double[] Embedded(int id, int position)
    {
        var row = weights[Embedding].AsSpan(id * hidden, hidden).ToArray();
        for (var i = 0; i < hidden; i++)
            row[i] = row[i] * (isGemma ? Math.Sqrt(hidden) : 1) + (isGpt2 ? weights["transformer.wpe.weight"][position * hidden + i] : 0);
        return row;
    }

    private double[][] Layer(int layer, double[][] rows, int longest)
    {
        var name = $"{(isGpt2 ? "transformer.h" : "model.layers")}.{layer}";
        var attended = Attend($"{name}.{(isGpt2 ? "attn" : "self_attn")}", layer, [.. rows.Select(row => Norm($"{name}.{(isGpt2 ? "ln_1" : "input_layernorm")}", row))], longest);
        if (isGemma) attended = [.. attended.Select(row => Norm($"{name}.post_attention_layernorm", row))];
        var middle = rows.Zip(attended, Sum).ToArray();
        var before = isGpt2 ? "ln_2" : isGemma ? "pre_feedforward_layernorm" : "post_attention_layernorm";
        var gated = middle.Select(row => Unit($"{name}.mlp", Norm($"{name}.{before}", row)));
        if (isGemma) gated = gated.Select(row => Norm($"{name}.post_feedforward_layernorm", row));
        return [.. middle.Zip(gated, Sum)];
    }

    private double[][] Attend(string name, int layer, double[][] rows, int longest)
    {
        var attention = config.Attention;
        var window = attention.Window is { } some && some.IsIn(layer) ? some.Size : int.MaxValue;
        var rope = window < int.MaxValue && config.LocalRope is { } local ? local : config.Rope;
        var all = rows.Select(row => isPhi ? Linear($"{name}.qkv_proj", row) : isGpt2 ? Linear($"{name}.c_attn", row)
            : [.. Linear($"{name}.q_proj", row), .. Linear($"{name}.k_proj", row), .. Linear($"{name}.v_proj", row)]).ToArray();
        var angles = isGpt2 ? null : new SlowRotation(rope, size, config.MaxPositions, rows.Length, longest);
        var queries = all.Select((row, t) => Heads(row, 0, heads, $"{name}.q_norm", angles, t)).ToArray();
        var keys = all.Select((row, t) => Heads(row, heads, keyHeads, $"{name}.k_norm", angles, t)).ToArray();
        var values = all.Select(row => Heads(row, heads + keyHeads, keyHeads, null, null, 0)).ToArray();
        return [.. Enumerable.Range(0, rows.Length).Select(t =>
        {
            var output = new double[heads * size];
            for (var head = 0; head < heads; head++)
            {
                var shared = head / (heads / keyHeads);
                var first = Math.Max(0, t - (window - 1));
                var scores = Enumerable.Range(first, t - first + 1)
                    .Select(s => Math.Exp(Capped(Dot(queries[t][head], 0, keys[s][shared]) / Math.Sqrt(attention.QueryScale ?? size), attention.SoftCap))).ToArray();
                for (var s = first; s <= t; s++)
                    for (var i = 0; i < size; i++) output[head * size + i] += scores[s - first] / scores.Sum() * values[s][shared][i];
            }
            return Linear($"{name}.{(isGpt2 ? "c_proj" : "o_proj")}", output);
        })];
    }

    private double[][] Heads(double[] row, int from, int count, string? norm, SlowRotation? angles, int position) =>
        [.. Enumerable.Range(from, count).Select(head =>
        {
            var numbers = row.AsSpan(head * size, size).ToArray();
            if (norm is not null && weights.ContainsKey($"{norm}.weight")) numbers = Norm(norm, numbers);
            return angles?.Turn(numbers, position) ?? numbers;
        })];

    private double[] Unit(string name, double[] row)
    {
        if (isGpt2) return Linear($"{name}.c_proj", [.. Linear($"{name}.c_fc", row).Select(Gelu)]);
        var inner = config.IntermediateSize;
        var joint = isPhi ? Linear($"{name}.gate_up_proj", row) : [.. Linear($"{name}.gate_proj", row), .. Linear($"{name}.up_proj", row)];
        return Linear($"{name}.down_proj", [.. Enumerable.Range(0, inner).Select(i => (isGemma ? Gelu(joint[i]) : joint[i] / (1 + Math.Exp(-joint[i]))) * joint[inner + i])]);
    }

    private double[] Norm(string name, double[] row)
    {
        var weight = weights[$"{name}.weight"];
        var mean = isGpt2 ? row.Average() : 0;
        var root = Math.Sqrt(row.Sum(x => (x - mean) * (x - mean)) / row.Length + config.NormEpsilon);
        return [.. row.Select((x, i) => (x - mean) / root * (isGemma ? 1 + weight[i] : weight[i]) + (isGpt2 ? weights[$"{name}.bias"][i] : 0))];
    }

    private double[] Linear(string name, double[] row)
    {
        var matrix = weights[$"{name}.weight"];
        var outputs = matrix.Length / row.Length;
        var bias = weights.GetValueOrDefault($"{name}.bias");
        return [.. Enumerable.Range(0, outputs).Select(to =>
        {
            var sum = bias?[to] ?? 0;
            for (var from = 0; from < row.Length; from++) sum += row[from] * (isGpt2 ? matrix[from * outputs + to] : matrix[to * row.Length + from]);
            return sum;
        })];
    }

    private static double Gelu(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

    private static double Capped(double x, double? cap) => cap is { } c ? c * Math.Tanh(x / c) : x;

    private static double[] Sum(double[] one, double[] two) => [.. one.Zip(two, (a, b) => a + b)];

    private static double Dot(double[] one, int start, double[] two)
    {
        var sum = 0.0;
        for (var i = 0; i < two.Length; i++) sum += one[start + i] * two[i];
        return sum;
    }
}
