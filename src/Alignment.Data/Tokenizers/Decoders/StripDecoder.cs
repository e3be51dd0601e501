namespace Alignment.Data;

/// <summary>Takes up to so many of one character off the beginning and the end of the whole text.</summary>
internal sealed class StripDecoder(char content, int start, int stop) : DecoderStep
{
    private int _stripped;   // from the beginning; start once it's over
    private string _held = "";   // what may yet be the end, all of it the character

    /// <summary>The same for a text that is known.</summary>
    public static string Strip(string text, char content, int start, int stop)
    {
        int first = 0, last = text.Length;
        while (first < text.Length && first < start && text[first] == content)
            first++;
        while (last > first && text.Length - last < stop && text[last - 1] == content)
            last--;
        return text[first..last];
    }

    public override void Add(string text, List<string> output)
    {
        var first = 0;
        while (first < text.Length && _stripped < start && text[first] == content)
            (first, _stripped) = (first + 1, _stripped + 1);
        if (first < text.Length)
            _stripped = start;

        text = _held + text[first..];
        var certain = Strip(text, content, 0, stop);
        _held = text[certain.Length..];
        output.Add(certain);
    }

    public override void Finish(List<string> output)
    {
        // What was held is what the end loses.
        _held = "";
        _stripped = 0;
    }
}
