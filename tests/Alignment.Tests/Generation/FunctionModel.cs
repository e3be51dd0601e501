using static TorchSharp.torch;

namespace Alignment.Tests.Generation;

/// <summary>A model whose next logits are a function of the ids so far.</summary>
internal sealed class FunctionModel(int vocabularySize, Func<IReadOnlyList<int>, float[]> logits) : CausalLanguageModel(nameof(FunctionModel))
{
    private readonly Tensor weight = ones(vocabularySize, 1).DetachFromDisposeScope();

    public override int VocabularySize => vocabularySize;

    public override int MaxPositions => 1000;

    public override Tensor OutputWeight => weight;

    /// <summary>Rows that were computed in each step.</summary>
    public List<int> RowsOfSteps { get; } = [];

    /// <summary>Whether a step was computed in training mode.</summary>
    public bool WasTraining { get; private set; }

    /// <summary>A model that says the given ids whatever comes before, each prompt its own; prompts are one id, their index.</summary>
    public static FunctionModel Saying(int vocabularySize, params int[][] responses) =>
        new(vocabularySize, ids => Peak(vocabularySize, responses[ids[0]][ids.Count - 1]));

    /// <summary>A model that draws from the same probabilities at every step.</summary>
    public static FunctionModel Drawing(params double[] probabilities) =>
        new(probabilities.Length, _ => [.. probabilities.Select(p => (float)Math.Log(p))]);

    public override Tensor Hidden(TokenLayout layout) => throw new NotSupportedException();

    public override DecodingSession StartDecoding(IReadOnlyList<IReadOnlyList<int>> prompts, int maxNewTokens, int samplesPerPrompt = 1) =>
        new Session(this, [.. prompts.SelectMany(prompt => Enumerable.Range(0, samplesPerPrompt).Select(_ => prompt.ToList()))]);

    protected override void Dispose(bool disposing)
    {
        if (disposing) weight.Dispose();
        base.Dispose(disposing);
    }

    private static float[] Peak(int size, int id)
    {
        var all = new float[size];
        all[id] = 5;
        return all;
    }

    private Tensor Compute(List<List<int>> rows)
    {
        RowsOfSteps.Add(rows.Count);
        WasTraining |= training;
        using var scope = NewDisposeScope();
        return stack(rows.Select(row => tensor(logits(row))).ToArray()).DetachFromDisposeScope();
    }

    private sealed class Session : DecodingSession
    {
        private readonly FunctionModel model;
        private List<List<int>> rows;
        private Tensor current;

        public Session(FunctionModel model, List<List<int>> rows)
        {
            (this.model, this.rows) = (model, rows);
            current = model.Compute(rows);
        }

        public override int Rows => rows.Count;

        public override Tensor Logits => current;

        public override void Append(Tensor tokens)
        {
            foreach (var (row, id) in rows.Zip(tokens.data<long>().ToArray())) row.Add((int)id);
            current.Dispose();
            current = model.Compute(rows);
        }

        public override void Keep(IReadOnlyList<int> rows) => this.rows = [.. rows.Select(row => this.rows[row])];

        protected override void Dispose(bool disposing) => current.Dispose();
    }
}
