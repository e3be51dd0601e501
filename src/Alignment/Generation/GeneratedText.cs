namespace Alignment.Generation;

/// <summary>A response to a prompt, with its text.</summary>
/// <param name="Response">Its tokens, with the one that ended it.</param>
/// <param name="Text">What stands before the stop token or stop text; special tokens are left out.</param>
public sealed record GeneratedText(GeneratedResponse Response, string Text);
