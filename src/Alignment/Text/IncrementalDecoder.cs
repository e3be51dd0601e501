namespace Alignment;

/// <summary>Decodes ids one by one: its texts put together are what <see cref="ITokenizer.Decode"/> gives for all ids at once.</summary>
/// <remarks>It holds the state of one text and is not safe to use from several threads.</remarks>
public abstract class IncrementalDecoder
{
    /// <summary>Takes the next id.</summary>
    /// <param name="id">An id from 0. One that names no token adds nothing.</param>
    /// <returns>The text that became certain, never half a character; empty while none did.</returns>
    public abstract string Append(int id);

    /// <summary>Ends the text; what is appended then begins another.</summary>
    /// <returns>What was held back; bytes that form no character are read as U+FFFD.</returns>
    public abstract string Finish();
}
