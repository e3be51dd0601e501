namespace Alignment.Data.Templates;

/// <summary>One rendering: its output, its clock, what it has used up, and where it is.</summary>
internal sealed class Rendering
{
    private const int CharactersPerStep = 16;

    private readonly SourceText _source;
    private readonly ChatTemplateLimits _limits;
    private readonly TimeProvider? _clock;
    private readonly List<TextSpan> _spans = [];
    private long _steps;
    private int _depth;
    private int _captures;

    public Rendering(SourceText source, ChatTemplateLimits limits, TimeProvider? clock)
    {
        _source = source;
        _limits = limits;
        _clock = clock;
        Output = new BoundedText(this);
    }

    /// <summary>Where in the source the rendering is, for errors.</summary>
    public int Position { get; set; }

    public BoundedText Output { get; private set; }

    public IReadOnlyList<TextSpan> Spans => _spans;

    /// <summary>Whether a generation block stood in a macro or another captured text, whose place in the whole nobody knows.</summary>
    public bool HasUnplacedSpan { get; private set; }

    public bool ReadsClock { get; private set; }

    public ChatTemplateException Error(string reason, bool isRaisedByTemplate = false) => _source.Error(Position, reason, isRaisedByTemplate);

    public void Enter(int position)
    {
        Position = position;
        Enter();
    }

    /// <summary>Goes one level deeper: into an operation, a block or a value's items.</summary>
    public void Enter()
    {
        Step();
        if (++_depth > _limits.Depth)
            throw Error($"Evaluation must nest at most {_limits.Depth} levels deep.");
    }

    public void Leave() => _depth--;

    public void Step() => Charge(1);

    public void Charge(long steps)
    {
        _steps += steps;
        if (_steps > _limits.Steps)
            throw Error($"A rendering must take at most {_limits.Steps} steps.");
    }

    /// <summary>Allows a text to grow to <paramref name="length"/>.</summary>
    public void ChargeText(long length, long before = 0)
    {
        if (length > _limits.TextLength)
            throw Error($"A text must have at most {_limits.TextLength} characters; {length} were asked for.");
        Charge((length / CharactersPerStep) - (before / CharactersPerStep));
    }

    /// <summary>Allows a text to be looked through, for a text of length <paramref name="wanted"/> at each place.</summary>
    public void ChargeScan(long length, long wanted = 0) => Charge((length / 64) + (length * Math.Min(wanted, length) / 256));

    public void ChargeItems(long count)
    {
        ThrowIfTooMany(count);
        Charge(count);
    }

    public void ThrowIfTooMany(long count)
    {
        if (count > _limits.Items)
            throw Error($"A list must have at most {_limits.Items} items; {count} were asked for.");
    }

    /// <summary>A text that was made from others at most as long.</summary>
    public Value Made(string text)
    {
        ChargeText(text.Length);
        return Value.Of(text);
    }

    /// <summary>What <paramref name="write"/> writes, kept from the output.</summary>
    public string Capture(Action write)
    {
        var outer = Output;
        Output = new BoundedText(this);
        _captures++;
        write();
        _captures--;
        var text = Output.ToString();
        Output = outer;
        return text;
    }

    public void AddSpan(int start)
    {
        if (_captures > 0)
            HasUnplacedSpan = true;
        else
            _spans.Add(new TextSpan(start, Output.Length));
    }

    public DateTimeOffset Now()
    {
        ReadsClock = true;
        return _clock?.GetLocalNow() ?? throw Error(
            "The template reads the clock: give ChatTemplateOptions.Clock, or the variable that it takes instead, such as date_string.");
    }
}
