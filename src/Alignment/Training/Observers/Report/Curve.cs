namespace Alignment.Training;

/// <summary>
/// A number over steps in bounded memory: of a run with more than <see cref="MostStretches"/> steps, the least and the greatest of each stretch of
/// steps are kept, so that no spike is lost. Stretches double in length whenever they become too many.
/// </summary>
internal sealed class Curve
{
    public const int MostStretches = 512;

    private List<Stretch> _stretches = [];
    private int _length = 1;

    /// <summary>At most two points for each stretch, in the order of steps.</summary>
    public IReadOnlyList<(int Step, double Value)> Points => [.. _stretches.SelectMany(stretch => stretch.Points)];

    /// <summary>The last step that has a point; 0 before the first.</summary>
    public int LastStep => _stretches.Count == 0 ? 0 : Math.Max(_stretches[^1].LeastStep, _stretches[^1].GreatestStep);

    /// <summary>Adds a value. One that is not finite leaves a gap.</summary>
    public void Add(int step, double value)
    {
        if (!double.IsFinite(value)) return;
        Add(new Stretch(step / _length, step, value, step, value));
        while (_stretches.Count > MostStretches) Double();
    }

    /// <summary>Drops what came after a step.</summary>
    public void CutBack(int step)
    {
        var points = Points;
        _stretches = [];
        foreach (var (at, value) in points.Where(point => point.Step <= step)) Add(at, value);
    }

    private void Add(Stretch stretch)
    {
        if (_stretches.Count > 0 && _stretches[^1].Index == stretch.Index) _stretches[^1] = _stretches[^1].With(stretch);
        else _stretches.Add(stretch);
    }

    private void Double()
    {
        _length *= 2;
        var old = _stretches;
        _stretches = new List<Stretch>(MostStretches + 1);
        foreach (var stretch in old) Add(stretch with { Index = stretch.Index / 2 });
    }

    private readonly record struct Stretch(int Index, int LeastStep, double Least, int GreatestStep, double Greatest)
    {
        public IEnumerable<(int, double)> Points =>
            LeastStep == GreatestStep ? [(LeastStep, Least)]
            : LeastStep < GreatestStep ? [(LeastStep, Least), (GreatestStep, Greatest)]
            : [(GreatestStep, Greatest), (LeastStep, Least)];

        public Stretch With(Stretch other)
        {
            var both = this;
            if (other.Least < both.Least) both = both with { Least = other.Least, LeastStep = other.LeastStep };
            if (other.Greatest > both.Greatest) both = both with { Greatest = other.Greatest, GreatestStep = other.GreatestStep };
            return both;
        }
    }
}
