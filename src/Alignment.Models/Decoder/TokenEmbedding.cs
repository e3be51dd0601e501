using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>The rows of a table <c>[V, H]</c> that token ids name.</summary>
internal sealed class TokenEmbedding : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter weight;

    public TokenEmbedding(ParameterScope parameters, long vocabularySize, long hiddenSize) : base(nameof(TokenEmbedding))
    {
        weight = parameters.Matrix("weight", vocabularySize, hiddenSize);
        RegisterComponents();
    }

    internal Tensor Weight => weight;

    /// <summary><c>[N]</c> ids to <c>[N, H]</c>.</summary>
    public override Tensor forward(Tensor input) => weight.index_select(0, input);
}
