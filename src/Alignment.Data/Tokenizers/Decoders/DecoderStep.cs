namespace Alignment.Data;

/// <summary>One step from tokens to text, for one text: tokens go in one by one, and what is certain comes out.</summary>
internal abstract class DecoderStep
{
    /// <summary>Takes a token's text and appends what became certain.</summary>
    public abstract void Add(string text, List<string> output);

    /// <summary>Appends what was held back, and forgets all.</summary>
    public virtual void Finish(List<string> output)
    {
    }
}
