namespace Alignment.Generation;

/// <summary>What a response has more than before.</summary>
/// <param name="Row">Index of the response: that of its prompt times the samples of a prompt, plus its number among them.</param>
/// <param name="Text">More text, whole characters; put together, a row's texts are that of its response. Empty only where the response ends.</param>
/// <param name="Final">The response, where this is its last update.</param>
public readonly record struct TextUpdate(int Row, string Text, GeneratedText? Final);
