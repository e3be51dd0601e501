using System.Text.Json;
using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Tests.GoldenLosses;

/// <summary>One recorded update of TRL's PPO trainer, taken from its padded <c>[B, 9]</c> form to the flat one.</summary>
/// <remarks>
/// TRL lets a response that stops early reach one place further than its tokens: the score and the value "after the end" stand there, and the
/// value loss counts it. That is a flat batch whose responses are one longer, <see cref="Extended"/>; with it every recorded
/// number comes out of the same functions. Log-probabilities at that place are both 1.0, so its divergence is 0.
/// </remarks>
internal sealed class PpoRecord
{
    public const int Prompt = 3;
    public const int Width = 9;

    private readonly JsonElement inputs;
    private readonly JsonElement row;
    private readonly ScalarType type;

    public PpoRecord(JsonElement file, string group, JsonElement row)
    {
        inputs = file.GetProperty(group + "_inputs");
        this.row = row;
        type = file.GetProperty("dtype").GetString() == "float64" ? ScalarType.Float64 : ScalarType.Float32;
        var endToken = file.GetProperty("eos_token_id").GetInt32();
        Ends = [.. Responses.Select(tokens => Stop ? ResponseEnd.Of(tokens, endToken) : new ResponseEnd(Width, tokens.Contains(endToken)))];
        Lengths = TokenSequences.Of([.. Ends.Select(end => end.Length)]);
        Extended = TokenSequences.Of([.. Ends.Select(end => Math.Min(end.Length + 1, Width))]);
        EndToken = endToken;
        SampledEndTokens = Responses.Sum(tokens => tokens.Count(token => token == endToken));
    }

    public IReadOnlyList<ResponseEnd> Ends { get; }

    /// <summary>The responses as they are, up to and with their end token.</summary>
    public TokenSequences Lengths { get; }

    /// <summary>The responses with TRL's place after the end.</summary>
    public TokenSequences Extended { get; }

    public int SampledEndTokens { get; }

    public int EndToken { get; }

    public int[][] Prompts => [.. inputs.GetProperty("queries").EnumerateArray().Select(r => r.EnumerateArray().Select(t => t.GetInt32()).ToArray())];

    public JsonElement RecordedScores => inputs.GetProperty("scores");

    /// <summary>A padded input of the places of responses, as one row of B x 9 numbers.</summary>
    public double[] Input(string name) => [.. Matrix(inputs.GetProperty(name)).SelectMany(r => r)];

    /// <summary>Numbers of the value head before each place of the responses, of all that it gave for prompt and response.</summary>
    public double[] ResponseValues(string name, bool isOutput = false) =>
        [.. Matrix(isOutput ? Output(name) : inputs.GetProperty(name)).SelectMany(r => r.Skip(Prompt - 1).Take(Width))];

    public bool Stop => row.GetProperty("stop").GetBoolean();

    public KlEstimator Estimator => row.GetProperty("kl_estimator").GetString() == "k1" ? new KlK1() : new KlK3();

    public int[][] Responses => [.. inputs.GetProperty("responses").EnumerateArray().Select(r => r.EnumerateArray().Select(t => t.GetInt32()).ToArray())];

    public JsonElement Output(string name) => row.GetProperty("outputs").GetProperty(name);

    public bool Has(string name) => row.GetProperty("outputs").TryGetProperty(name, out _);

    public double Metric(string name) => row.GetProperty("metrics").GetProperty(name).GetDouble();

    public double Setting(string name) => row.GetProperty(name).GetDouble();

    public double? Optional(string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    public bool WhitensRewards => row.GetProperty("whiten_rewards").GetBoolean();

    public Tensor Scores => tensor(Row(inputs.GetProperty("scores"))).to(type);

    public Tensor Ended => tensor(Ends.Select(end => end.Ended).ToArray());

    /// <summary>A padded input at the places of the sequences; <paramref name="beyond"/> at the place after the end.</summary>
    public Tensor Flat(string name, TokenSequences sequences, int firstColumn = 0, double? beyond = null)
    {
        var padded = Matrix(inputs.GetProperty(name));
        var flat = new List<double>();
        for (var s = 0; s < sequences.SequenceCount; s++)
            for (var t = 0; t < sequences.Lengths[s]; t++)
                flat.Add(t >= Lengths.Lengths[s] && beyond is { } value ? value : padded[s][firstColumn + t]);
        return tensor(flat.ToArray()).to(type);
    }

    /// <summary>Which places of <see cref="Extended"/> are tokens of the response.</summary>
    public Tensor Real => tensor(Extended.Lengths.SelectMany((length, s) => Enumerable.Range(0, length).Select(t => t < Lengths.Lengths[s])).ToArray());

    /// <summary>Flat values back in TRL's padded form, as one row of B x width numbers.</summary>
    public static double[] Padded(Tensor flat, TokenSequences sequences, double fill = 0, int width = Width, int firstColumn = 0)
    {
        var values = TensorAssert.Doubles(flat);
        Assert.Equal(sequences.TokenCount, values.Length);
        var padded = Enumerable.Repeat(fill, sequences.SequenceCount * width).ToArray();
        for (var s = 0; s < sequences.SequenceCount; s++)
            for (var t = 0; t < sequences.Lengths[s]; t++)
                padded[s * width + firstColumn + t] = values[sequences.Offsets[s] + t];
        return padded;
    }

    /// <summary>A recorded matrix as one row of numbers.</summary>
    public double[] Recorded(string name) => [.. Matrix(Output(name)).SelectMany(r => r)];

    public bool[] RecordedMask(string name) => [.. Output(name).EnumerateArray().SelectMany(r => r.EnumerateArray().Select(m => m.GetBoolean()))];

    public static double[] Row(JsonElement values) => [.. values.EnumerateArray().Select(v => v.GetDouble())];

    private static double[][] Matrix(JsonElement values) => [.. values.EnumerateArray().Select(Row)];
}
