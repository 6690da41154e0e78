package io.papi.http.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.papi.testing.Property;
import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.Set;
import javax.xml.parsers.SAXParserFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.helpers.DefaultHandler;

class XmlNameTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = '|',
      value = {
        "O_CUSTKEY|O_CUSTKEY",
        "a.b-c1|a.b-c1",
        "SUM(X)|SUM_x0028_X_x0029_",
        "COUNT(*)|COUNT_x0028__x002A__x0029_",
        "1ST|_x0031_ST",
        "-a|_x002D_a",
        ".a|_x002E_a",
        "a b|a_x0020_b",
        "a:b|a_x003A_b",
        "xmlns|_x0078_mlns",
        "XML|_x0058_ML",
        "Xml:lang|_x0058_ml_x003A_lang",
        "axml|axml",
        "_x0028_|_x005F_x0028_",
        "a_xF|a_x005F_xF",
        "max_x|max_x",
        "max_xyz|max_xyz",
        "GRÖSSE|GRÖSSE",
        "価格|価格",
        "a×b|a_x00D7_b",
        "😀|_x01F600_"
      })
  void of_column_isItsName(String column, String name) {
    assertThat(XmlName.of(column)).isEqualTo(name);
    assertThat(ReadBack.column(name)).isEqualTo(column);
  }

  @Test
  void of_anyColumn_isANameThatStandsForIt() {
    Property.check(
        random -> {
          String column = Property.text(random, 10) + (random.nextBoolean() ? "_x" : "x");
          String name = XmlName.of(random.nextBoolean() ? column : column + "0041_");
          assertThat(name).doesNotMatch("(?i)xml.*");
          assertThat(ReadBack.column(name)).startsWith(column);
          parse("<" + name + "/>");
        });
  }

  @Test
  void of_anyCharacter_isANameOfItsOwn() throws Exception {
    StringBuilder document = new StringBuilder("<all>");
    Set<String> names = new HashSet<>();
    for (int c = 0; c <= 0xFFFF; c++) {
      String first = XmlName.of(Character.toString(c));
      String second = XmlName.of("a" + Character.toString(c));
      names.add(first);
      names.add(second);
      document.append('<').append(first).append("/><").append(second).append("/>");
    }
    assertThat(names).hasSize(2 << 16);
    parse(document.append("</all>").toString());
  }

  private static void parse(String document) throws Exception {
    SAXParserFactory.newInstance()
        .newSAXParser()
        .parse(new ByteArrayInputStream(document.getBytes(UTF_8)), new DefaultHandler());
  }
}
