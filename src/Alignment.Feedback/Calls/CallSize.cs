using System.Text;

namespace Alignment.Feedback;

/// <summary>Tokens that a call can have at most.</summary>
/// <param name="Input">Of the question: no tokenizer over bytes makes more tokens than there are bytes, and a template adds a few for each
/// message.</param>
/// <param name="Output">Of the answer.</param>
internal readonly record struct CallSize(long Input, long Output)
{
    private const int Template = 16, PerMessage = 16;   // tokens; templates in use add 3 to 10 a message

    public long Tokens => Input + Output;

    public static CallSize Of(ChatCall call) => new(
        Template + call.Messages.Sum(message => PerMessage + Encoding.UTF8.GetByteCount(message.Content))
            + Encoding.UTF8.GetByteCount(call.Options.JsonSchema ?? ""),
        call.Options.MaxOutputTokens);
}
