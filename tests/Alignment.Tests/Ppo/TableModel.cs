using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Tests.Ppo;

/// <summary>A policy whose next logits are a row of a table, chosen by the last token: small enough to compute by hand, gradients included.</summary>
internal sealed class TableModel : CausalLanguageModel
{
    private readonly Tensor identity;
    private int passes;

    public TableModel(double[,] logits) : base(nameof(TableModel))
    {
        Table = new Parameter(tensor(logits).DetachFromDisposeScope());
        Table.DetachFromDisposeScope();
        identity = eye(logits.GetLength(1), dtype: ScalarType.Float64).DetachFromDisposeScope();
        register_parameter("table", Table);
        register_buffer("identity", identity);
    }

    /// <summary><c>[V, V]</c>, float64.</summary>
    public Parameter Table { get; }

    /// <summary>What is added to a logit more in each pass: a model that does not compute the same twice.</summary>
    public double Drift { get; init; }

    public override int VocabularySize => (int)identity.shape[0];

    public override int MaxPositions => 1000;

    public override Tensor OutputWeight => identity;

    public double[,] Numbers()
    {
        var flat = TensorAssert.Doubles(Table);
        var numbers = new double[VocabularySize, VocabularySize];
        Buffer.BlockCopy(flat, 0, numbers, 0, flat.Length * sizeof(double));
        return numbers;
    }

    public override Tensor Hidden(TokenLayout layout)
    {
        var logits = Table.index_select(0, layout.Tokens);
        return Drift != 0 ? logits + passes++ * Drift * identity[0] : logits;
    }

    public override DecodingSession StartDecoding(IReadOnlyList<IReadOnlyList<int>> prompts, int maxNewTokens, int samplesPerPrompt = 1) =>
        new Session(this, [.. prompts.SelectMany(prompt => Enumerable.Repeat((long)prompt[^1], samplesPerPrompt))]);

    protected override void RegisterComponents() { }

    private sealed class Session : DecodingSession
    {
        private readonly TableModel model;
        private long[] last;
        private Tensor current;

        public Session(TableModel model, long[] last)
        {
            (this.model, this.last) = (model, last);
            current = Compute();
        }

        public override int Rows => last.Length;

        public override Tensor Logits => current;

        public override void Append(Tensor tokens)
        {
            last = tokens.data<long>().ToArray();
            current.Dispose();
            current = Compute();
        }

        public override void Keep(IReadOnlyList<int> rows) => last = [.. rows.Select(row => last[row])];

        protected override void Dispose(bool disposing) => current.Dispose();

        private Tensor Compute()
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            return model.Table.index_select(0, tensor(last)).DetachFromDisposeScope();
        }
    }
}
