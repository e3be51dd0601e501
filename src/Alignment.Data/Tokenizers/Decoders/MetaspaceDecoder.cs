namespace Alignment.Data;

/// <summary>SentencePiece's sign for a space read as one; those of the first token are dropped where encoding put one there.</summary>
internal sealed class MetaspaceDecoder(char sign, bool dropsFirst) : DecoderStep
{
    private bool _isFirst = true;

    public override void Add(string text, List<string> output)
    {
        output.Add(_isFirst && dropsFirst ? text.Replace(sign.ToString(), "", StringComparison.Ordinal) : text.Replace(sign, ' '));
        _isFirst = false;
    }

    public override void Finish(List<string> output) => _isFirst = true;
}
