namespace Alignment.Data.Reports;

/// <summary>Empty texts, and conversations whose roles are unknown or in an order that no template takes.</summary>
internal sealed class ShapeMeasure(DataReportOptions options) : TrainMeasure
{
    private const double Many = 0.01;

    private static readonly HashSet<string> Roles = new(StringComparer.Ordinal) { "system", "user", "assistant", "tool" };

    private readonly RowTally _emptyPrompt = new(options);
    private readonly RowTally _emptyGood = new(options);
    private readonly RowTally _emptyOther = new(options);
    private readonly RowTally _unknownRole = new(options);
    private readonly RowTally _order = new(options);
    private readonly RowTally _promptEnd = new(options);
    private readonly RowTally _responseEnd = new(options);
    private readonly RowTally _mixed = new(options);

    protected override void AddTrain(ReportRow row)
    {
        _emptyPrompt.AddIf(row.Prompt.IsEmpty, row);
        if (row.Responses.Count > 0) (row.Responses[0].Part == Parts.Undesirable ? _emptyOther : _emptyGood).AddIf(row.Responses[0].IsEmpty, row);
        if (row.Responses.Count > 1) _emptyOther.AddIf(row.Rejected.IsEmpty, row);
        _mixed.AddIf(row.Texts.Any(text => text.Transcript.IsConversational != row.Prompt.Transcript.IsConversational), row);

        var prompt = row.Prompt.Transcript.Messages;
        _unknownRole.AddIf(row.Texts.Any(text => text.Transcript.Messages?.Any(message => !Roles.Contains(message.Role)) ?? false), row);
        _promptEnd.AddIf(prompt is [.., { Role: "assistant" or "system" }], row);
        _order.AddIf(row.Responses.Count == 0
            ? IsOutOfOrder(prompt ?? [])
            : row.Responses.Any(response => IsOutOfOrder([.. prompt ?? [], .. response.Transcript.Messages ?? []])), row);
        _responseEnd.AddIf(row.Responses.Any(response => response.Transcript.Messages is [.., { Role: not "assistant" }]), row);
    }

    public override DataSection? Finish(FindingList findings)
    {
        // Single rows can be dropped; many are a fault of the whole.
        FindingSeverity Graded(RowTally rows) => Share(rows.Count) > Many ? FindingSeverity.Error : FindingSeverity.Warning;
        Add("D101", _emptyPrompt, Graded(_emptyPrompt), "an empty prompt", "Drop them, or look at the column that prompts are read from.");
        Add("D102", _emptyGood, Graded(_emptyGood), "an empty response to learn from", "Drop them: a model that learns from them learns to say nothing.");
        Add("D103", _emptyOther, Share(_emptyOther.Count) > Many ? FindingSeverity.Warning : FindingSeverity.Info, "an empty response to avoid",
            "Drop them unless the model is to learn not to be silent.");
        Add("D104", _unknownRole, Graded(_unknownRole), "a message of a role other than system, user, assistant, tool",
            "Rename the roles: templates refuse or misplace what they don't know.");
        Add("D105", _order, FindingSeverity.Warning, "roles out of order: a system message after the first, or two of user or assistant in a row",
            "Merge or drop: several templates refuse such conversations.");
        Add("D106", _promptEnd, FindingSeverity.Warning, "a prompt that does not end with the user's or a tool's message",
            "Look where prompt and response are parted.");
        Add("D107", _responseEnd, Graded(_responseEnd), "a response that does not end with the assistant's message",
            "Cut what follows the assistant's last message (TRL#2385), or the model learns to speak for the user.");
        Add("D108", _mixed, Graded(_mixed), "both plain text and messages", "Make all of a row one or the other.");
        return new DataSection("shape", "Shape of rows", "Empty: nothing but white space. Roles are looked at where rows are conversations.")
        {
            Figures =
            [
                Figures.Count("emptyPrompts", "Empty prompts", _emptyPrompt.Count), Figures.Count("emptyResponses", "Empty responses to learn from",
                    _emptyGood.Count),
                Figures.Count("emptyToAvoid", "Empty responses to avoid", _emptyOther.Count), Figures.Count("unknownRoles", "Rows with unknown roles",
                    _unknownRole.Count),
                Figures.Count("roleOrder", "Rows with roles out of order", _order.Count),
            ],
        };

        void Add(string code, RowTally rows, FindingSeverity severity, string what, string remedy) =>
            findings.Add(code, severity, rows, $"{Figures.Of(rows.Count, "row")} {Figures.Verb(rows.Count, "has", "have")} {what}.", remedy);
    }

    private static bool IsOutOfOrder(IReadOnlyList<ChatMessage> messages)
    {
        for (var i = 1; i < messages.Count; i++)
            if (messages[i].Role == "system" || messages[i].Role == messages[i - 1].Role && messages[i].Role is "user" or "assistant") return true;
        return false;
    }
}
