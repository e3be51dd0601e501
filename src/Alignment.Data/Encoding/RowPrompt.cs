namespace Alignment.Data;

/// <summary>The prompt of a row, as text and as ids.</summary>
/// <param name="Messages">The messages whose text it is; null for plain text.</param>
/// <param name="Text">The text, up to where the response begins.</param>
/// <param name="Ids">The ids, a begin token included that the encoder put there.</param>
internal sealed record RowPrompt(IReadOnlyList<ChatMessage>? Messages, string Text, int[] Ids);
