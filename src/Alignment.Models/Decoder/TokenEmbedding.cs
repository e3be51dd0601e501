using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>The rows of a table <c>[V, H]</c> that token ids name.</summary>
internal sealed class TokenEmbedding : AdaptedPart
{
    [ComponentName(Name = "weight")]
    private readonly Parameter weight;

    private readonly long vocabularySize, hiddenSize;

    public TokenEmbedding(ParameterScope parameters, long vocabularySize, long hiddenSize) : base(nameof(TokenEmbedding))
    {
        (this.vocabularySize, this.hiddenSize) = (vocabularySize, hiddenSize);
        weight = parameters.Matrix("weight", vocabularySize, hiddenSize);
        RegisterComponents();
    }

    public override Tensor Weight => weight;

    public override (long Inputs, long Outputs)? Sizes => null;

    public override AdaptedPart Twin(ParameterScope parameters) => new TokenEmbedding(parameters, vocabularySize, hiddenSize);

    /// <summary><c>[N]</c> ids to <c>[N, H]</c>.</summary>
    public override Tensor Plain(Tensor input) => EmbeddingRows.Of(weight, input);
}
