using System.Globalization;

namespace Alignment.Training;

/// <summary>What becomes of a file of an earlier run that stands where a new one writes.</summary>
internal static class EarlierFile
{
    /// <summary>Gives a file the first name of <c>name.1.jsonl</c>, <c>name.2.jsonl</c> and so on that is free.</summary>
    public static void MoveAside(string path)
    {
        for (var i = 1; ; i++)
        {
            var aside = Path.ChangeExtension(path, i.ToString(CultureInfo.InvariantCulture) + Path.GetExtension(path));
            if (File.Exists(aside)) continue;
            File.Move(path, aside);
            return;
        }
    }
}
