namespace Microsoft.ML.Tokenizers;

/// <summary>How one text is encoded.</summary>
public struct EncodeSettings
{
    public EncodeSettings()
    {
        ConsiderNormalization = false;
        ConsiderPreTokenization = false;
        MaxTokenCount = int.MaxValue;
    }

    public bool ConsiderNormalization { get; set; }

    public bool ConsiderPreTokenization { get; set; }

    public int MaxTokenCount { get; set; }
}
