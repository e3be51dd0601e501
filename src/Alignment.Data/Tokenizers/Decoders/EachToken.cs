namespace Alignment.Data;

/// <summary>Changes each token by itself.</summary>
internal sealed class EachToken(Func<string, string> change) : DecoderStep
{
    public override void Add(string text, List<string> output) => output.Add(change(text));
}
