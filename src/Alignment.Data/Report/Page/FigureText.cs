using System.Globalization;

namespace Alignment.Data.Reports;

/// <summary>Numbers of a report for people.</summary>
internal static class FigureText
{
    public static string Of(DataFigure figure) => Of(figure.Unit, figure.Value);

    public static string Of(FigureUnit unit, double value) => unit switch
    {
        FigureUnit.Share => Figures.Percent(value),
        FigureUnit.Number => value.ToString("#,0.###", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };

    public static string NounOf(FigureUnit unit) => unit switch
    {
        FigureUnit.Tokens => "tokens",
        FigureUnit.Characters => "characters",
        _ => "",
    };
}
